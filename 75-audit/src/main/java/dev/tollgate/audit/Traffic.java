// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What went through for a call that is not about records: a tunnel, a request to a model.
///
/// @param sent       bytes that left
/// @param received   bytes that came back
/// @param ended      a closed word for why it ended, for example `closed`, `expired`, `halted`
/// @param model      the model's version, as its provider said
/// @param outputHash digest of what the caller was given of the model's output
/// @param removed    how many secrets of each kind were taken out of what went and what came
public record Traffic(
        long sent,
        long received,
        String ended,
        Optional<String> model,
        Optional<String> outputHash,
        SortedMap<String, Long> removed) {
    public Traffic {
        removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
    }

    /// Without a model.
    public Traffic(long sent, long received, String ended) {
        this(sent, received, ended, Optional.empty(), Optional.empty(), new TreeMap<>());
    }

    /// The outcome of the call that it went through for.
    ///
    /// @param decisionIndex where its decision stands in the log
    /// @param refusal       why it went no further, when the gateway stopped it
    public AuditEntry.Outcome outcome(
            RequestId request, long decisionIndex, Optional<Refusal> refusal, SortedMap<String, Long> timings) {
        return new AuditEntry.Outcome(
                request,
                decisionIndex,
                refusal,
                Optional.empty(),
                Returned.NOTHING,
                List.of(),
                timings,
                List.of(),
                Optional.of(this));
    }

    Value.Fields form() {
        Map<String, Value> counts = new TreeMap<>();
        removed.forEach((kind, count) -> counts.put(kind, Value.of(count)));
        Members members = new Members()
                .put("sent", Value.of(sent))
                .put("received", Value.of(received))
                .put("ended", ended)
                .put("model", model)
                .put("output_hash", outputHash);
        return counts.isEmpty()
                ? members.fields()
                : members.put("removed", new Value.Fields(counts)).fields();
    }
}
