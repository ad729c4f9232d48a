// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.View;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Whether some record could show, or take, a field: as things stand, or with evidence that people
/// could give. Asks no more than it needs to know. For one thread.
final class Possible {
    /// Every kind of recipients that there is.
    private static final List<Outgoing.Recipients> KINDS = List.of(
            new Outgoing.Recipients(true, false, false),
            new Outgoing.Recipients(true, true, false),
            new Outgoing.Recipients(false, true, false),
            new Outgoing.Recipients(false, false, false),
            new Outgoing.Recipients(false, false, true));

    private record Asked(Judge judge, Judge.Row row) {}

    private final Frame frame;
    private final Asked stands;
    private final Bundle bundle;
    private final Optional<Memo> memo;
    private final Situation situation;
    private Optional<Asked> hypothetical = Optional.empty();

    Possible(Bundle bundle, Optional<Memo> memo, Frame frame, Situation situation) {
        this.bundle = bundle;
        this.memo = memo;
        this.frame = frame;
        this.situation = situation;
        this.stands = asked(situation.evidence());
    }

    boolean shows(FieldType field) {
        return shows(field, stands) || shows(field, hypothetical());
    }

    boolean showsAny(Predicate<FieldType> wanted) {
        return any(wanted, stands) || any(wanted, hypothetical());
    }

    /// Whether a message to somebody could leave: recipients are not known yet, so every kind is tried.
    boolean sends() {
        return sends(stands) || sends(hypothetical());
    }

    private static boolean sends(Asked asked) {
        return KINDS.stream().map(Outgoing.UNKNOWN::with).anyMatch(outgoing -> sends(asked, outgoing));
    }

    private static boolean sends(Asked asked, Outgoing outgoing) {
        return asked.judge().send(View.CLEAR, outgoing) instanceof Ruling.Granted
                || asked.judge().send(View.MASKED, outgoing) instanceof Ruling.Granted;
    }

    /// Whether the workflow reaches the class of a field.
    boolean reaches(FieldType field) {
        return stands.judge().inClass(field);
    }

    private boolean any(Predicate<FieldType> wanted, Asked asked) {
        for (FieldType field : frame.object().fields()) {
            if (wanted.test(field) && shows(field, asked)) {
                return true;
            }
        }
        return false;
    }

    private boolean shows(FieldType field, Asked asked) {
        return asked.judge()
                        .find(field, frame.tool().verb(), asked.row())
                        .verdict()
                        .atMost()
                != View.WITHHELD;
    }

    private Asked hypothetical() {
        Asked asked = hypothetical.orElseGet(() -> asked(Hypothesis.ALL.evidence(situation)));
        hypothetical = Optional.of(asked);
        return asked;
    }

    /// A tool that takes an amount is tried with the smallest one.
    private Asked asked(Evidence evidence) {
        boolean pays = frame.tool().accepts().contains(OperationAmount.FIELD);
        Optional<BigDecimal> least = pays ? Optional.of(new BigDecimal("0.01")) : Optional.empty();
        Judge judge = new Judge(bundle, memo, frame, situation, evidence, least, Optional.empty());
        return new Asked(judge, Attempt.open(frame, frame.rules(), judge, Optional.empty()));
    }
}
