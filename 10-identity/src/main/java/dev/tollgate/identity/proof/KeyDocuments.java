// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import dev.tollgate.terms.Require;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Reads sets of keys: from an address, from what an issuer's metadata names, or from a file. Within bounds of time
/// and bytes, and without being led elsewhere.
public final class KeyDocuments {
    /// An agent waits for it.
    static final Duration WAIT_MAX = Duration.ofSeconds(5);

    /// Keys and metadata of real issuers have 1 to 30 KB.
    static final int BYTES_MAX = 256 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(WAIT_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// The set at an address.
    public FetchedKeys.Source at(URI address) {
        secure(address);
        return () -> get(address);
    }

    /// The set that the metadata of an issuer names (OpenID Connect Discovery §4), which must be the issuer's own.
    public FetchedKeys.Source of(String issuer) {
        String base = issuer.endsWith("/") ? issuer : issuer + "/";
        URI metadata = secure(URI.create(base + ".well-known/openid-configuration"));
        return () -> {
            Map<String, Object> members = ForeignJson.object(get(metadata).getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IOException("no metadata"));
            if (!issuer.equals(members.get("issuer")) || !(members.get("jwks_uri") instanceof String keys)) {
                throw new IOException("metadata of somebody else");
            }
            try {
                return get(secure(URI.create(keys)));
            } catch (IllegalArgumentException strange) {
                throw new IOException("no address of keys", strange);
            }
        };
    }

    /// The set in a file, which an operator or a sidecar keeps up to date.
    public static FetchedKeys.Source in(Path file) {
        return () -> {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(BYTES_MAX + 1);
                if (bytes.length > BYTES_MAX) {
                    throw new IOException("more than a set of keys");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }

    private static URI secure(URI address) {
        String host = String.valueOf(address.getHost());
        boolean loopback = "http".equals(address.getScheme()) && (host.equals("127.0.0.1") || host.equals("localhost"));
        Require.require("https".equals(address.getScheme()) || loopback, "keys of an issuer are fetched by `https`");
        return address;
    }

    private String get(URI address) throws IOException {
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(address)
                            .timeout(WAIT_MAX)
                            .header("Accept", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BYTES_MAX));
            if (response.statusCode() != 200) {
                throw new IOException("the issuer answers otherwise");
            }
            return new String(response.body(), StandardCharsets.UTF_8);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
