// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.vault;

import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One HTTP exchange after another with a vault: bounded in time, size and number, and never redirected, since the
/// token would go along. What a vault says of a failure is not kept: it may quote what was asked.
final class VaultWire implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    /// From the first byte out to the last byte in: a call waits for its credential.
    static final Duration WITHIN = Duration.ofSeconds(5);

    /// More than a gateway's calls need at once; one that is slow holds no more threads than these.
    private static final int AT_ONCE_MAX = 32;

    /// Larger than any secret with what surrounds it.
    private static final int BODY_BYTES_MAX = 256 * 1024;

    private static final int DEPTH_MAX = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .build();

    private final URI url;
    private final Optional<String> namespace;
    private final HttpClient http;
    private final Duration within;
    private final Semaphore atOnce = new Semaphore(AT_ONCE_MAX);

    VaultWire(VaultPlace place, Duration within) {
        this.url = place.url();
        this.namespace = place.namespace();
        this.within = within;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_WITHIN)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        place.authority().ifPresent(file -> builder.sslContext(trusting(file)));
        this.http = builder.build();
    }

    /// What came back. Closed.
    sealed interface Came {
        /// An answer with what was asked for.
        record Well(JsonNode body) implements Came {}

        /// The vault does not let this token, or this login, have it.
        record Forbidden() implements Came {}

        /// It has nothing there, or does not understand the question.
        record Nothing() implements Came {}

        /// Sealed, on standby, overloaded, gone, slow, or not a vault.
        ///
        /// @param why one word for the log
        record Down(String why) implements Came {}
    }

    /// Sends a request and waits for its whole answer.
    ///
    /// @param body JSON; nothing for a GET
    @RevealsSecret("the vault's own token, and what proves the gateway to it, go to the vault")
    Came ask(String method, String path, Optional<SecretValue> token, Optional<SecretValue> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/v1/" + path))
                .timeout(within)
                .header("X-Vault-Request", "true")
                .method(
                        method,
                        body.map(text -> HttpRequest.BodyPublishers.ofString(text.reveal()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        token.ifPresent(held -> request.header("X-Vault-Token", held.reveal()));
        namespace.ifPresent(name -> request.header("X-Vault-Namespace", name));
        body.ifPresent(_ -> request.header("Content-Type", "application/json"));
        if (!atOnce.tryAcquire()) {
            return new Came.Down("busy");
        }
        try {
            return exchange(request.build());
        } finally {
            atOnce.release();
        }
    }

    private Came exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
        try {
            HttpResponse<byte[]> response = exchange.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return read(response.statusCode(), response.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            exchange.cancel(true);
            return new Came.Down("interrupted");
        } catch (TimeoutException _) {
            exchange.cancel(true);
            return new Came.Down("slow");
        } catch (ExecutionException broken) {
            return new Came.Down(
                    broken.getCause() == null
                            ? "broken"
                            : broken.getCause().getClass().getSimpleName());
        }
    }

    /// Statuses as the vault's API documents them.
    private static Came read(int status, byte[] body) {
        return switch (status) {
            case 200 -> well(body);
            case 204 -> new Came.Well(JSON.createObjectNode());
            case 403 -> new Came.Forbidden();
            case 400, 404, 405 -> new Came.Nothing();
            case 429, 472, 473 -> new Came.Down("standby");
            case 503 -> new Came.Down("sealed");
            default -> new Came.Down("status-" + status);
        };
    }

    private static Came well(byte[] body) {
        try {
            JsonNode read = JSON.readTree(body);
            return read.isObject() ? new Came.Well(read) : new Came.Down("not-a-vault");
        } catch (JacksonException _) {
            return new Came.Down("not-a-vault");
        }
    }

    /// A JSON object of texts.
    @RevealsSecret("it becomes the body of a login")
    static SecretValue object(String name, String value, String secretName, SecretValue secret) {
        return SecretValue.of(
                JSON.writeValueAsString(JSON.createObjectNode().put(name, value).put(secretName, secret.reveal())));
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + number, one);
                number++;
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException wrong) {
            throw new IllegalArgumentException("the certificates of the vault's authority cannot be read", wrong);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
