// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.app.ConfigurationFile.InvalidConfiguration;
import dev.tollgate.identity.svid.Certificates;
import dev.tollgate.identity.svid.SvidTrust;
import dev.tollgate.identity.svid.SvidVerifier;
import dev.tollgate.identity.svid.TrustBundles;
import dev.tollgate.server.tls.RotatingIdentity;
import dev.tollgate.server.tls.ServerIdentity;
import dev.tollgate.server.tls.Tls;
import dev.tollgate.terms.Presentation.PeerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates of the listener, read from files and read again when a file changes: the server's
/// own and those of each trust domain. A file that cannot be used is said so and changes nothing; what
/// was in force before stays.
final class TlsRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsRoom.class);

    /// How long a changed file may go unseen. A handful of small files; watching them would miss links
    /// that are swapped, as Kubernetes does.
    private static final int LOOK_SECONDS = 2;

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Access.Tls files;
    private final TrustBundles bundles = new TrustBundles();
    private final Map<Path, byte[]> seen = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificates").factory());
    private final RotatingIdentity identity;
    private final Tls tls;
    private final ScheduledFuture<?> looking;

    private TlsRoom(Access.Tls files, InstantSource clock) throws IOException {
        this.files = files;
        files.trust().forEach((domain, file) -> trust(domain, file, true));
        byte[] certificate = read(files.certificate(), Certificates.BYTES_MAX);
        byte[] key = read(files.key(), ServerIdentity.KEY_BYTES_MAX);
        seen.put(files.certificate(), certificate);
        seen.put(files.key(), key);
        this.identity = new RotatingIdentity(own(certificate, key));
        SvidVerifier verifier = new SvidVerifier(bundles, clock);
        this.tls = new Tls(identity, new SvidTrust(verifier), chain -> peer(verifier, chain), files.required());
        this.looking = timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /// Opens what the configuration names, and looks after it from then on.
    ///
    /// @throws InvalidConfiguration when a file cannot be used
    static Optional<TlsRoom> open(Configuration configuration, InstantSource clock) {
        return configuration.access().tls().map(files -> {
            try {
                return new TlsRoom(files, clock);
            } catch (IOException | IllegalArgumentException unusable) {
                throw new InvalidConfiguration("`tls` cannot be used: " + unusable.getMessage());
            }
        });
    }

    /// For the server.
    Tls tls() {
        return tls;
    }

    /// What a workload's certificate proves now.
    static Optional<PeerCertificate> peer(SvidVerifier verifier, List<X509Certificate> chain) {
        return verifier.check(chain) instanceof SvidVerifier.Checked.Verified verified
                ? Optional.of(new PeerCertificate(
                        verified.svid().thumbprint(), verified.svid().id()))
                : Optional.empty();
    }

    private synchronized void look() {
        files.trust().forEach((domain, file) -> trust(domain, file, false));
        try {
            byte[] certificate = read(files.certificate(), Certificates.BYTES_MAX);
            byte[] key = read(files.key(), ServerIdentity.KEY_BYTES_MAX);
            // Both are looked at before either is noted: a renewal writes one after the other.
            boolean certified = changed(files.certificate(), certificate);
            boolean keyed = changed(files.key(), key);
            if (certified || keyed) {
                identity.replace(own(certificate, key));
                LOG.atInfo().log("the server's certificate was renewed");
            }
        } catch (IOException | IllegalArgumentException unusable) {
            LOG.atWarn().addKeyValue("cause", unusable.getMessage()).log("the server's certificate cannot be renewed");
        }
    }

    private void trust(String domain, Path file, boolean first) {
        try {
            byte[] bytes = read(file, Certificates.BYTES_MAX);
            if (changed(file, bytes)) {
                bundles.replace(
                        domain,
                        Certificates.read(bytes)
                                .orElseThrow(() -> new IllegalArgumentException("no certificates in PEM")));
                LOG.atInfo().addKeyValue("domain", domain).log("a trust bundle is in force");
            }
        } catch (IOException | IllegalArgumentException unusable) {
            if (first) {
                throw new IllegalArgumentException("the trust bundle of `" + domain + "`: " + unusable.getMessage());
            }
            LOG.atWarn()
                    .addKeyValue("domain", domain)
                    .addKeyValue("cause", unusable.getMessage())
                    .log("a trust bundle cannot be renewed");
        }
    }

    private boolean changed(Path file, byte[] bytes) {
        byte[] before = seen.put(file, bytes);
        return before == null || !Arrays.equals(before, bytes);
    }

    private static byte[] read(Path file, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new IOException("larger than " + bytesMax + " bytes");
            }
            return bytes;
        } catch (java.nio.file.NoSuchFileException _) {
            throw new IOException("a file is missing");
        }
    }

    private ServerIdentity own(byte[] certificate, byte[] key) throws IOException {
        if (Files.getPosixFilePermissions(files.key()).stream().anyMatch(OTHERS::contains)) {
            throw new IllegalArgumentException("others than its owner can read the key");
        }
        return new ServerIdentity(
                Certificates.read(certificate)
                        .orElseThrow(() -> new IllegalArgumentException("the certificate is not in PEM")),
                ServerIdentity.key(key)
                        .orElseThrow(() -> new IllegalArgumentException("the key is not PKCS #8 in PEM")));
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}
