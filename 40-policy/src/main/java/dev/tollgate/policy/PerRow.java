// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides again, exactly, for a row whose facts are known: only what depended on them, and fields nobody knew of.
final class PerRow implements Decision.Rows {
    static final RuleId ROW_RULES = new RuleId("row-rules");

    private final Frame frame;
    private final Judge judge;
    private final SortedMap<String, Finding> findings;
    private final List<dev.tollgate.terms.RowRule> rules;

    PerRow(Frame frame, Judge judge, SortedMap<String, Finding> findings, List<dev.tollgate.terms.RowRule> rules) {
        this.frame = frame;
        this.judge = judge;
        this.findings = findings;
        this.rules = List.copyOf(rules);
    }

    @Override
    public SortedMap<String, FieldVerdict> decide(Map<Fact, Value> facts, Set<String> unknownFields) {
        // The query should not have returned such a row, and the connector should have dropped it: the third lock.
        boolean outside = !frame.tool().verb().changes() && !RowFacts.meet(rules, facts);
        Judge.Row row = judge.row(facts, Set.of());
        SortedMap<String, FieldVerdict> verdicts = new TreeMap<>();
        findings.forEach((name, finding) -> verdicts.put(name, outside ? hidden(finding) : exact(finding, row)));
        for (String name : unknownFields) {
            Finding finding = judge.findUnknown(name, row);
            verdicts.put(name, outside ? hidden(finding) : finding.verdict());
        }
        return verdicts;
    }

    private FieldVerdict exact(Finding finding, Judge.Row row) {
        return finding.verdict().dependsOnRow() ? judge.again(finding, row).verdict() : finding.verdict();
    }

    private static FieldVerdict hidden(Finding finding) {
        FieldVerdict verdict = finding.verdict();
        return new FieldVerdict(
                verdict.path(), verdict.dataClass(), View.WITHHELD, View.WITHHELD, List.of(ROW_RULES), Reason.ROW);
    }
}
