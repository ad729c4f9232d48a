// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was found out about one field: its verdict, and the conditions on rows behind it.
///
/// @param verdict what is known now
/// @param clear   what the policies say to the clear view: a field that is filtered, sorted or written by needs it
/// @param needed  conditions without which no row shows the field in any view
/// @param exact   every row that meets `needed` shows it in some view
/// @param question what to ask again for a row; nothing when no policy was asked
record Finding(
        FieldType field,
        FieldVerdict verdict,
        Ruling clear,
        List<RowRule> needed,
        boolean exact,
        Optional<Judge.Question> question) {
    /// From what the policies say to each view, highest first. Only the last may be granted or refused outright.
    static Finding of(Judge.Question question, List<View> views, List<Ruling> rulings) {
        FieldType field = question.field();
        View certain = View.WITHHELD;
        View possible = View.WITHHELD;
        List<RuleId> shown = new ArrayList<>();
        List<Ruling.Open> open = new ArrayList<>();
        for (int at = 0; at < rulings.size(); at++) {
            View view = views.get(at);
            switch (rulings.get(at)) {
                case Ruling.Granted granted -> {
                    certain = view;
                    possible = possible == View.WITHHELD ? view : possible;
                    shown.addAll(granted.rules());
                }
                case Ruling.Open conditional -> {
                    possible = possible == View.WITHHELD ? view : possible;
                    open.add(conditional);
                    shown.addAll(conditional.rules());
                }
                case Ruling.Refused _ -> {}
            }
        }
        Ruling.Refused why = why(rulings);
        boolean hidden = possible == View.WITHHELD;
        Reason reason = hidden ? why.reason() : certain == possible ? Reason.PERMITTED : Reason.ROW;
        List<RuleId> rules = hidden ? why.rules() : shown.stream().distinct().toList();
        FieldVerdict verdict = new FieldVerdict(question.path(), field.dataClass(), certain, possible, rules, reason);
        boolean granted = certain != View.WITHHELD;
        return new Finding(
                field,
                verdict,
                rulings.getFirst(),
                granted ? List.of() : common(open),
                !granted && open.size() == 1 && open.getFirst().exact(),
                Optional.of(question));
    }

    /// A field outside what any policy is asked about.
    static Finding withheld(FieldPath path, FieldType field, RuleId rule, Reason reason) {
        List<RuleId> rules = List.of(rule);
        return new Finding(
                field,
                new FieldVerdict(path, field.dataClass(), View.WITHHELD, View.WITHHELD, rules, reason),
                new Ruling.Refused(rules, reason),
                List.of(),
                false,
                Optional.empty());
    }

    /// The refusal that says most: one by a policy rather than one for want of any.
    private static Ruling.Refused why(List<Ruling> rulings) {
        Ruling.Refused best = new Ruling.Refused(List.of(Judge.DEFAULT_DENY), Reason.DEFAULT_DENY);
        for (Ruling ruling : rulings) {
            if (ruling instanceof Ruling.Refused refused && best.reason() == Reason.DEFAULT_DENY) {
                best = refused;
            }
        }
        return best;
    }

    /// A row that shows the field in one of several views meets the conditions of that view: only what all share is
    /// needed.
    private static List<RowRule> common(List<Ruling.Open> open) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<RowRule> shared = new ArrayList<>(open.getFirst().needed());
        open.forEach(one -> shared.retainAll(one.needed()));
        return shared;
    }
}
