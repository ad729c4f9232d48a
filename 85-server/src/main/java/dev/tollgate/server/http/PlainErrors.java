// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What Jetty itself answers when a request never reaches a door: malformed HTTP, headers that are too large, a
/// stop under way. Its own pages repeat the path and print stack traces.
public final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() >= 400 ? response.getStatus() : 500;
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, body(status), callback);
        return true;
    }

    private static ByteBuffer body(int status) {
        String code = status == 503 ? "stopping" : "bad_http";
        return Problems.body(status, code, "the request is not HTTP that this server takes", "none")
                .buffer();
    }
}
