// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;

/// How a call stood to what the person asked for in their own words: with it a decision can be taken again. The words
/// themselves are not in here.
///
/// @param effect      what the tool does
/// @param asked       whether the words ask for that
/// @param answers     whether they ask to answer somebody
/// @param destination who named where it goes: `user`, `trusted`, `unknown`, `third-party` or `ordered`
/// @param values      who named what it sets
/// @param content     who named the addresses in its texts
/// @param sensitive   whether it repeats a value that may not leave freely
public record Warranted(
        String effect,
        boolean asked,
        boolean answers,
        String destination,
        String values,
        String content,
        boolean sensitive) {
    Value.Fields form() {
        return new Members()
                .put("effect", effect)
                .put("asked", Value.of(asked))
                .put("answers", Value.of(answers))
                .put("destination", destination)
                .put("values", values)
                .put("content", content)
                .put("sensitive", Value.of(sensitive))
                .fields();
    }
}
