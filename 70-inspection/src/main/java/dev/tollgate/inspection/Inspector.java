// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Spans;
import dev.tollgate.inspection.instruction.InstructionScorer;
import dev.tollgate.inspection.personal.PersonalScanner;
import dev.tollgate.inspection.plain.Reading;
import dev.tollgate.inspection.plain.Wrapped;
import dev.tollgate.inspection.secret.SecretScanner;
import java.util.ArrayList;
import java.util.List;

/// Says what is in a text. Safe to share between threads; made once, because it reads its rules and
/// models.
public final class Inspector {
    /// From here on a text is said to give orders: where the scorer itself holds it for likelier than not. What share
    /// of benign texts scores as high was not measured.
    private static final double ORDERS_FROM = 0.5;

    private final SecretScanner secrets;
    private final PersonalScanner personal;
    private final InstructionScorer instructions;

    /// Reads the rules and models that ship with the room.
    public Inspector() {
        secrets = new SecretScanner();
        personal = new PersonalScanner();
        instructions = new InstructionScorer();
    }

    /// Looks for everything. Takes time that grows with the text's length and no faster.
    public Findings inspect(String text) {
        Reading reading = Reading.of(text);
        return new Findings(instructions.score(reading), spans(reading));
    }

    /// How likely `text` carries instructions to a model, from 0 to 1.
    public double injection(String text) {
        return instructions.score(Reading.of(text));
    }

    /// Whether `text` is held to give orders to a model.
    public boolean orders(String text) {
        return injection(text) >= ORDERS_FROM;
    }

    /// Secrets, one-time codes, personal data and internal prices, in order and without overlaps.
    public List<Finding> spans(String text) {
        return spans(Reading.of(text));
    }

    /// The same, for those who have read the text already.
    public List<Finding> spans(Reading reading) {
        List<Finding> found = secrets(reading);
        found.addAll(personal.scan(reading.text()));
        return Spans.settle(found);
    }

    /// Secrets and one-time codes, in order and without overlaps.
    public List<Finding> secretSpans(String text) {
        return Spans.settle(secrets(Reading.of(text)));
    }

    private List<Finding> secrets(Reading reading) {
        List<Finding> found = new ArrayList<>(secrets.scan(reading.text()));
        reading.folded().ifPresent(folded -> {
            for (Finding hidden : secrets.scan(folded.text())) {
                found.add(new Finding(
                        hidden.kind(), folded.origin(hidden.start()), folded.originEnd(hidden.end()), hidden.rule()));
            }
        });
        for (Wrapped wrapped : reading.wrapped()) {
            List<Finding> inside = secrets.scan(wrapped.text());
            if (!inside.isEmpty()) {
                found.add(new Finding(inside.getFirst().kind(), wrapped.start(), wrapped.end(), "wrapped"));
            }
        }
        return found;
    }
}
