// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.terms.RequestId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The outermost handler: gives each request its id, checks where it says it goes, and finds its door. Its catch
/// is the server's last: what falls through is a bug, is logged by place and kind but without its message, which
/// could hold a customer's data, and is answered without a trace.
public final class Doors extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    /// Every pair of the longest address that headers' limits let through.
    private static final int PAIRS_MAX = 16_384;

    private static final String BAD_ESCAPE = "%(?![0-9A-Fa-f]{2})";

    private final Map<String, Door> exact;
    private final Map<String, Door> families;
    private final HostGuard guard;
    private final RequestIds ids;
    private final HttpLimits limits;
    private final Misread misread;
    private final InstantSource clock;
    private final Reach reach;

    /// Hears of requests that a door refused because their bytes have no single meaning.
    public interface Misread {
        /// Called before the refusal is sent.
        ///
        /// @param why one fixed sentence
        void tell(Credentials who, RequestId request, String why);
    }

    /// Mounts doors.
    ///
    /// @param doors by path; a path that ends in `/` takes every path below it
    public Doors(
            Map<String, Door> doors,
            HostGuard guard,
            RequestIds ids,
            HttpLimits limits,
            Misread misread,
            InstantSource clock,
            Reach reach) {
        Map<String, Door> single = new TreeMap<>();
        Map<String, Door> below = new TreeMap<>();
        doors.forEach((path, door) -> (path.endsWith("/") ? below : single).put(path, door));
        this.exact = Map.copyOf(single);
        this.families = Map.copyOf(below);
        this.guard = guard;
        this.ids = ids;
        this.limits = limits;
        this.misread = misread;
        this.clock = clock;
        this.reach = reach;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Turn turn = new Turn(request, response, callback, ids.next(), limits, misread, clock, reach);
        turn.with("X-Request-Id", turn.id().value())
                .with("X-Content-Type-Options", "nosniff")
                .with(HttpHeader.CACHE_CONTROL.asString(), "no-store");
        try {
            serve(turn);
        } catch (Throwable bug) {
            abandon(turn, bug);
        }
        return true;
    }

    private void serve(Turn turn) {
        List<String> hosts = turn.headers("Host");
        if (hosts.size() != 1 || !guard.acceptsHost(hosts.getFirst())) {
            Problems.reply(turn.closing(), 421, "wrong_host", "this server does not answer for this host");
            return;
        }
        if (turn.header("Origin").filter(origin -> !guard.acceptsOrigin(origin)).isPresent()) {
            Problems.reply(turn.closing(), 403, "wrong_origin", "pages of this origin may not talk to this server");
            return;
        }
        if (turn.query().filter(Doors::tells).isPresent()) {
            // RFC 6750 §2.3, MCP 2026-07-28 "Access Token Usage": addresses end up in logs and histories.
            Problems.reply(
                    turn.closing(),
                    400,
                    "token_in_address",
                    "a token belongs in `Authorization`, never in the address");
            return;
        }
        door(turn.path()).serve(turn);
    }

    /// Whether a query carries a token, however its name is escaped.
    private static boolean tells(String query) {
        for (String pair : query.split("[&;]", PAIRS_MAX)) {
            String name = URLDecoder.decode(pair.split("=", 2)[0].replaceAll(BAD_ESCAPE, ""), StandardCharsets.UTF_8);
            if (name.strip().equalsIgnoreCase("access_token")) {
                return true;
            }
        }
        return false;
    }

    private Door door(String path) {
        Door door = exact.get(path);
        if (door != null) {
            return door;
        }
        int slash = path.lastIndexOf('/');
        Door family = slash < 0 ? null : families.get(path.substring(0, slash + 1));
        return family != null ? family : Doors::nowhere;
    }

    private static void nowhere(Turn turn) {
        Problems.reply(turn, 404, "not_found", "there is nothing here");
    }

    private static void abandon(Turn turn, Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        LOG.atError()
                .addKeyValue("requestId", turn.id())
                .addKeyValue("kind", bug.getClass().getName())
                .addKeyValue("place", trace.length == 0 ? "unknown" : trace[0].toString())
                .log("a request failed");
        if (turn.committed()) {
            turn.fail(bug);
        } else {
            Problems.reply(
                    turn.closing(), 500, "internal", "the gateway failed, and did nothing that is not in its log");
        }
    }
}
