// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One POST of JSON with an answer of bounded size in bounded time, body included. Follows no redirect: who is asked is
/// who was configured.
final class HttpLine {
    private static final Logger LOG = LoggerFactory.getLogger(HttpLine.class);
    private static final int OK = 200;

    /// A verdict has a few words; a model's answer comes in an envelope of some hundred bytes.
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private final HttpClient client;
    private final URI url;
    private final Duration most;

    HttpLine(URI url, Duration most) {
        this.url = url;
        this.most = most;
        this.client = HttpClient.newBuilder()
                .connectTimeout(most)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /// The answer's text, or nothing when there is none that counts.
    Optional<String> post(byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(most)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<Optional<String>> answer = client.sendAsync(
                        request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(HttpLine::read);
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException failed) {
            answer.cancel(true);
            LOG.atWarn()
                    .addKeyValue("kind", failed.getClass().getSimpleName())
                    .log("an outside reviewer did not answer");
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return Optional.empty();
        }
    }

    private static Optional<String> read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(ANSWER_BYTES_MAX + 1);
            return response.statusCode() == OK && bytes.length <= ANSWER_BYTES_MAX
                    ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
