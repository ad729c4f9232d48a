// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One thing that an agent did for a person, or tried to (requirement S1-26).
///
/// @param logIndex where it stands in the log: the decision, or the refusal before one
/// @param at       when
/// @param request  the call
/// @param tenant   whose data; empty when nobody knew yet
/// @param tool     with which tool
/// @param verb     to do what; empty when the call was refused before that was known
/// @param object   system and object; empty like `verb`
/// @param decision the decision's id, when there was one
/// @param outcome  what policy said, when it was asked
/// @param result   `released`, the code of a refusal, or nothing: a crash left a decision without an outcome
/// @param rules    what determined the decision
public record Action(
        long logIndex,
        Instant at,
        String request,
        String tenant,
        String tool,
        String verb,
        String object,
        Optional<String> decision,
        Optional<String> outcome,
        Optional<String> result,
        List<String> rules) {
    public Action {
        rules = List.copyOf(rules);
    }

    static Action of(StoredEntry entry, Optional<String> result) {
        return new Action(
                entry.index(),
                entry.at().orElse(Instant.EPOCH),
                entry.text("request").orElse(""),
                entry.text("caller/tenant").orElse(""),
                entry.text("call/tool").or(() -> entry.text("tool")).orElse(""),
                entry.text("call/verb").orElse(""),
                entry.text("call/system")
                        .map(system -> system + "/" + entry.text("call/object").orElse(""))
                        .orElse(""),
                entry.text("ruling/decision"),
                entry.text("ruling/outcome"),
                result.or(() -> entry.text("result")),
                entry.texts("ruling/rules"));
    }
}
