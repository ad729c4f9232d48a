// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.containment.RiskSign;
import dev.tollgate.containment.RiskTerms;
import dev.tollgate.containment.VerificationTerms;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a bundle says of risk and of proofs, read as a whole.
final class RiskLinesTest {
    private static Loading load(String file, String text) {
        var files = new TreeMap<>(DefaultBundle.FILES.content());
        files.put(file, text.getBytes(StandardCharsets.UTF_8));
        return BundleLoader.load(BundleFiles.of(files));
    }

    private static Bundle loaded(String file, String text) {
        return ((Loading.Loaded) load(file, text)).bundle();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            risk: {medium_from: 70} | `medium_from` is below `high_from`
            risk: {signals: {denied-call: {each: 1}}} | did you mean `denied-calls`?
            risk: {signals: {velocity: {each: 0}}} | this must be a whole number from 1 to 100
            risk: {signals: {velocity: {each: 9, most: 3}}} | `most` is not below `each`
            risk: {hours: [{agents: x, zone: UTC, from: '06:00', until: '07:00'}]} | `x` is not known here
            risk: {hours: [{agents: '*', zone: Mars, from: '06:00', until: '07:00'}]} | this must be a time zone
            risk: {hours: [{agents: '*', zone: UTC, from: '6:00', until: '07:00'}]} | this must be a time of the day
            risk: {hours: [{agents: '*', zone: UTC, from: '06:00', until: '06:00'}]} | nobody works in these hours
            verification: [{tier: 1, zone: tier1-customer-service}] | a line is for a zone or for a tier
            verification: [{tier: 1}, {tier: 1, every_actions: 3}] | two lines are for these agents
            verification: [{tier: 1, every_actions: 0}] | this must be a whole number from 1 to 100000
            verification: [{tier: 1, proof_seconds: 901}] | this must be a whole number from 1 to 900
            verification: [{tier: 1, stop_at_high: everything}] | `everything` is not known here
            """)
    void a_slip_keeps_the_bundle_out_and_says_where(String text, String problem) {
        String file = text.substring(0, text.indexOf(':')) + ".yaml";
        List<String> problems = ((Loading.Invalid) load(file, text + "\n"))
                .problems().all().stream().map(Problem::toString).toList();
        assertThat(problems).singleElement().asString().startsWith(file).contains(problem);
    }

    @Test
    void what_is_not_named_keeps_its_usual_weight() {
        Bundle bundle = loaded("risk.yaml", "risk: {signals: {velocity: {from: 7, each: 5, most: 50}}}\n");
        assertThat(bundle.risk().weights())
                .containsEntry(RiskSign.VELOCITY, new RiskTerms.Weight(7, 5, 50))
                .containsEntry(RiskSign.DENIED_CALLS, RiskSign.DENIED_CALLS.usual());
        assertThat(bundle.risk().high()).isEqualTo(70);
    }

    @Test
    void a_line_for_a_zone_comes_before_one_for_its_tier_and_that_before_one_for_all() {
        Bundle bundle = loaded("verification.yaml", """
                verification:
                  - {every_actions: 3}
                  - {tier: 2, every_actions: 2}
                  - {zone: tier1-customer-service, every_actions: 1}
                """);
        assertThat(bundle.verification())
                .extracting(line -> line.terms().everyActions().orElseThrow())
                .containsExactly(1, 2, 3);
        assertThat(VerificationTerms.USUAL.actions()).isEmpty();
    }
}
