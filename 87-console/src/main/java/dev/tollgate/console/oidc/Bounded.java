// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// Talks to a provider within bounds: of time, of bytes, and without following it elsewhere.
final class Bounded implements HTTPRequestSender {
    /// A person waits for it.
    static final Duration WAIT_MAX = Duration.ofSeconds(5);

    /// Metadata, keys and tokens of real providers have 2 to 30 KB.
    static final int BYTES_MAX = 256 * 1024;

    /// What the client sets itself.
    private static final Set<String> OWN = Set.of("host", "content-length", "connection");

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(WAIT_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public HTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        String body = asked.getBody();
        HttpRequest.Builder request = HttpRequest.newBuilder(asked.getURI())
                .timeout(WAIT_MAX)
                .method(
                        asked.getMethod().name(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        asked.getHeaderMap().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return answer(request.build());
    }

    /// A document of the provider.
    HTTPResponse get(URI from) throws IOException {
        return answer(HttpRequest.newBuilder(from).timeout(WAIT_MAX).build());
    }

    private HTTPResponse answer(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> response = client.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BYTES_MAX));
            HTTPResponse answer = new HTTPResponse(response.statusCode());
            response.headers().map().forEach((name, values) -> answer.setHeader(name, values.toArray(new String[0])));
            answer.setBody(new String(response.body(), StandardCharsets.UTF_8));
            return answer;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
