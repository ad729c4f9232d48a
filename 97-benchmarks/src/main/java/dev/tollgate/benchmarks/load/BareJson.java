// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.load;

import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.Parsed;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The least that an HTTP endpoint can do on the same Jetty, with the same threads: reads a JSON body, writes a JSON
/// answer. What a gateway takes beyond it is the gateway's.
final class BareJson extends Handler.Abstract {
    private static final int PLATFORM_THREADS_MAX = 16;

    private final JsonReader reader = new JsonReader(JsonLimits.DEFAULT);
    private final byte[] answer;

    private BareJson(byte[] answer) {
        this.answer = answer;
    }

    /// Starts a server that answers every request with `answer`; returns its port.
    static int start(byte[] answer) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS_MAX);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 2, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new BareJson(answer));
        server.start();
        return connector.getLocalPort();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ByteBuffer body = Content.Source.asByteBuffer(request);
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        response.setStatus(reader.read(bytes) instanceof Parsed.Whole ? 200 : 400);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(answer), callback);
        return true;
    }
}
