// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Collects a response body up to a limit and then hangs up. The JDK's own limit fails with an exception that cannot be
/// told from a broken connection, and the two deserve different words.
final class BoundedBody implements HttpResponse.BodySubscriber<BoundedBody.Body> {
    private final int bytesMax;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final CompletableFuture<Body> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    BoundedBody(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// A whole body, or the news that it was too large.
    @SuppressWarnings("ArrayRecordComponent") // handed from the wire to the parser once, never compared
    record Body(byte[] bytes, boolean tooLarge) {}

    @Override
    public CompletionStage<Body> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) {
                return;
            }
            if (collected.size() + buffer.remaining() > bytesMax) {
                body.complete(new Body(new byte[0], true));
                if (subscription != null) {
                    subscription.cancel();
                }
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            collected.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public void onError(Throwable broken) {
        body.completeExceptionally(broken);
    }

    @Override
    public void onComplete() {
        body.complete(new Body(collected.toByteArray(), false));
    }
}
