// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is asked, without the values that it is asked with: those are personal (requirements S0-24, S1-25).
///
/// @param request   names the call everywhere
/// @param received  when it came
/// @param door      `mcp`, `rest`, `authzen`
/// @param target    the system, the object, the tool, the verb and where the answer goes
/// @param scopes    the scopes that the call used
/// @param fields    fields that it asks for
/// @param probed    fields that it filters, sorts or counts by
/// @param classes   data classes of all of those
/// @param model     what the caller says of its model
/// @param traceId   the caller's trace
/// @param reference the case or ticket that it is about, when the caller names one that is not personal
public record Call(
        RequestId request,
        Instant received,
        String door,
        Operation.Target target,
        List<String> scopes,
        List<String> fields,
        List<String> probed,
        List<String> classes,
        Model model,
        Optional<String> traceId,
        Optional<String> reference) {
    /// What the caller says of its model: claims, not facts.
    ///
    /// @param version    the model's version
    /// @param promptHash digest of the prompt
    /// @param outputHash digest of the output that held the call
    public record Model(Optional<String> version, Optional<String> promptHash, Optional<String> outputHash) {
        /// The caller said nothing.
        public static final Model NONE = new Model(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Call {
        scopes = List.copyOf(scopes);
        fields = List.copyOf(fields);
        probed = List.copyOf(probed);
        classes = classes.stream().distinct().sorted().toList();
    }

    Value.Fields form() {
        return new Members()
                .put("received", new Value.Moment(received))
                .put("door", door)
                .put("system", target.system().value())
                .put("object", target.object())
                .put("tool", target.tool().value())
                .put("verb", target.verb().word())
                .put("destination", target.destination())
                .put("scopes", Value.texts(scopes))
                .put("fields", Value.texts(fields))
                .put("probed", Value.texts(probed))
                .put("classes", Value.texts(classes))
                .put("model", model.version())
                .put("prompt_hash", model.promptHash())
                .put("output_hash", model.outputHash())
                .put("trace", traceId)
                .put("reference", reference)
                .fields();
    }
}
