// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.egress.wire.Field;
import dev.tollgate.egress.wire.HeadReader;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The proxy's own answers: refusals as problems (RFC 9457), on a connection that ends behind them.
final class Replies {
    /// What a client hears whose tunnel is open.
    static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";

    static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private Replies() {}

    /// A refusal, in bytes.
    static byte[] refusal(RequestId id, Refusal why) {
        int status = status(why);
        byte[] body = CanonicalJson.bytes(new Value.Fields(Map.of(
                "type", Value.of("urn:tollgate:problem:" + why.code()),
                "status", Value.of(status),
                "code", Value.of(why.code()),
                "detail", Value.of(detail(why)),
                "requestId", Value.of(id.value()))));
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("content-type", "application/problem+json"));
        fields.add(new Field("content-length", Integer.toString(body.length)));
        fields.add(new Field("connection", "close"));
        if (why instanceof Refusal.Unauthenticated) {
            fields.add(new Field("proxy-authenticate", "Basic realm=\"tollgate\", charset=\"UTF-8\""));
            fields.add(new Field("proxy-authenticate", "Bearer realm=\"tollgate\""));
        }
        if (why instanceof Refusal.OverBudget over) {
            fields.add(new Field("retry-after", seconds(over.retryAfter())));
        }
        if (why instanceof Refusal.Busy busy) {
            fields.add(new Field("retry-after", seconds(busy.retryAfter())));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(HeadReader.bytes("HTTP/1.1 " + status + " " + title(status), fields));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static String detail(Refusal why) {
        return why instanceof Refusal.Unauthenticated
                ? "a valid token of this gateway is required: as `Bearer`, or as the password of `Basic`"
                : why.explain();
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.toSeconds()));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 407 -> "Proxy Authentication Required";
            case 403 -> "Forbidden";
            case 429 -> "Too Many Requests";
            case 502 -> "Bad Gateway";
            case 504 -> "Gateway Timeout";
            default -> "Service Unavailable";
        };
    }

    /// What a refusal is at a proxy (RFC 9110 §15). What only calls of tools are refused with is a plain no here.
    private static int status(Refusal why) {
        return switch (why) {
            case Refusal.Unauthenticated _ -> 407;
            case Refusal.Malformed _ -> 400;
            case Refusal.OverBudget _, Conduct.Looping _ -> 429;
            case Refusal.UpstreamFailed failed -> failed.why().equals("timeout") ? 504 : 502;
            case Refusal.Unrecorded _, Refusal.Busy _ -> 503;
            case Refusal.Denied _,
                    Refusal.Undecidable _,
                    Refusal.UnknownTool _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalPending _,
                    Refusal.ApprovalRefused _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.HumanOnly _,
                    Refusal.TokenRefused _,
                    Refusal.NotFound _,
                    Refusal.ObligationUnmet _,
                    Refusal.Withheld _,
                    Conduct.Stopped _,
                    Conduct.ProofNeeded _,
                    Conduct.ShutDown _,
                    Conduct.KeyReused _,
                    Conduct.KeyUnderWay _,
                    Conduct.StepNeeded _,
                    Conduct.FieldsMissing _ -> 403;
        };
    }
}
