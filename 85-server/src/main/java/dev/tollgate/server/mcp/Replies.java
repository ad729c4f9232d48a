// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Answer;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Writes JSON-RPC replies, each once and straight into bytes.
final class Replies {
    private final byte[] serverInfo;

    Replies(Value.Fields serverInfo) {
        this.serverInfo = JsonWriter.bytes(serverInfo);
    }

    /// A finished result.
    JsonWriter result(Value id, RequestId request, boolean modern, Value.Fields members) {
        return result(id, request, modern, members, Message.EMPTY);
    }

    /// A finished result with more in its `_meta`.
    JsonWriter result(Value id, RequestId request, boolean modern, Value.Fields members, Value.Fields more) {
        JsonWriter out =
                new JsonWriter().raw("{\"jsonrpc\":\"2.0\",\"id\":").value(id).raw(",\"result\":{");
        if (!modern && members.values().isEmpty()) {
            // The empty results of the handshake revisions are empty: clients compare them with `{}`.
            return out.raw("}}");
        }
        members(meta(out, request, modern), more);
        out.raw(modern ? "},\"resultType\":\"complete\"" : "}");
        members(out, members);
        return out.raw("}}");
    }

    /// What a tool of the gateway answered. Structured content is serialised once; the text block is the same
    /// bytes, escaped.
    JsonWriter answered(Value id, RequestId request, boolean modern, Answer answer) {
        byte[] structured = JsonWriter.bytes(answer.structured());
        return head(id, request, modern)
                .raw(modern ? ",\"resultType\":\"complete\"" : "")
                .raw(",\"content\":[{\"type\":\"text\",\"text\":")
                .quoted(structured)
                .raw("}],\"structuredContent\":")
                .raw(structured)
                .raw(",\"isError\":false}}");
    }

    /// A refusal that the model can do something about.
    JsonWriter refused(Value id, RequestId request, boolean modern, Refusal why) {
        JsonWriter out = new JsonWriter().raw("{\"jsonrpc\":\"2.0\",\"id\":").value(id);
        out.raw(",\"result\":{");
        meta(out, request, modern)
                .raw(",\"" + Protocol.META_REFUSAL + "\":{\"code\":")
                .text(why.code());
        if (why instanceof Refusal.ApprovalPending pending) {
            out.raw(",\"approval\":").text(pending.approval());
        }
        retryAfter(why).ifPresent(wait -> out.raw(",\"retryAfterSeconds\":" + seconds(wait)));
        return out.raw("}}")
                .raw(modern ? ",\"resultType\":\"complete\"" : "")
                .raw(",\"content\":[{\"type\":\"text\",\"text\":")
                .text(why.explain())
                .raw("}],\"isError\":true}}");
    }

    /// What the client must give first: revision 2026-07-28 only.
    JsonWriter inputRequired(
            Value id, RequestId request, Map<String, InputRequest> inputs, Optional<String> requestState) {
        JsonWriter out = head(id, request, true).raw(",\"resultType\":\"input_required\"");
        String mark = ",\"inputRequests\":{";
        for (Map.Entry<String, InputRequest> input : inputs.entrySet()) {
            out.raw(mark).text(input.getKey()).raw(":").value(input.getValue().wire());
            mark = ",";
        }
        out.raw(inputs.isEmpty() ? "" : "}");
        requestState.ifPresent(state -> out.raw(",\"requestState\":").text(state));
        return out.raw("}}");
    }

    /// An error.
    static JsonWriter error(Optional<Value> id, int code, String message, Optional<Value.Fields> data) {
        JsonWriter out = new JsonWriter().raw("{\"jsonrpc\":\"2.0\"");
        id.ifPresent(known -> out.raw(",\"id\":").value(known));
        out.raw(",\"error\":{\"code\":" + code + ",\"message\":").text(message);
        data.ifPresent(more -> out.raw(",\"data\":").value(more));
        return out.raw("}}");
    }

    /// A notification.
    static JsonWriter notification(String method, Value.Fields params) {
        return new JsonWriter()
                .raw("{\"jsonrpc\":\"2.0\",\"method\":")
                .text(method)
                .raw(",\"params\":")
                .value(params)
                .raw("}");
    }

    /// A request of the server: handshake revisions only.
    static JsonWriter request(String id, InputRequest input) {
        return new JsonWriter()
                .raw("{\"jsonrpc\":\"2.0\",\"id\":")
                .text(id)
                .raw(",\"method\":")
                .text(input.kind().method())
                .raw(",\"params\":")
                .value(input.params())
                .raw("}");
    }

    /// How long to wait before trying again, when a refusal says so.
    static Optional<Duration> retryAfter(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OverBudget why -> Optional.of(why.retryAfter());
            case Refusal.Busy why -> Optional.of(why.retryAfter());
            case Conduct.Looping why -> Optional.of(why.retryAfter());
            case Conduct.KeyUnderWay why -> Optional.of(why.retryAfter());
            case Refusal.Unauthenticated _,
                    Refusal.Malformed _,
                    Refusal.UnknownTool _,
                    Refusal.Denied _,
                    Refusal.Undecidable _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalPending _,
                    Refusal.ApprovalRefused _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.HumanOnly _,
                    Refusal.TokenRefused _,
                    Refusal.NotFound _,
                    Refusal.UpstreamFailed _,
                    Refusal.ObligationUnmet _,
                    Refusal.Withheld _,
                    Refusal.Unrecorded _,
                    Conduct.Stopped _,
                    Conduct.ProofNeeded _,
                    Conduct.ShutDown _,
                    Conduct.KeyReused _,
                    Conduct.StepNeeded _,
                    Conduct.FieldsMissing _ -> Optional.empty();
        };
    }

    static long seconds(Duration wait) {
        return Math.max(1, wait.toSeconds());
    }

    private JsonWriter head(Value id, RequestId request, boolean modern) {
        JsonWriter out =
                new JsonWriter().raw("{\"jsonrpc\":\"2.0\",\"id\":").value(id).raw(",\"result\":{");
        return meta(out, request, modern).raw("}");
    }

    private JsonWriter meta(JsonWriter out, RequestId request, boolean modern) {
        out.raw("\"_meta\":{\"" + Protocol.META_REQUEST + "\":").text(request.value());
        if (modern) {
            out.raw(",\"" + Protocol.META_SERVER + "\":").raw(serverInfo);
        }
        return out;
    }

    private static void members(JsonWriter out, Value.Fields members) {
        for (Map.Entry<String, Value> member : members.values().entrySet()) {
            out.raw(",").text(member.getKey()).raw(":").value(member.getValue());
        }
    }
}
