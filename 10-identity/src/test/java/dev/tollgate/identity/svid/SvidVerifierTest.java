// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.identity.svid.SvidVerifier.Checked;
import dev.tollgate.terms.SpiffeId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SvidVerifierTest {
    private static final String AGENT = "spiffe://crm.example/agents/sales-copilot";

    private final TestAuthority home = new TestAuthority("crm.example");
    private final TestAuthority partner = new TestAuthority("partner.example");
    private final KeyPair workload = TestAuthority.keys("EC");
    private final TrustBundles bundles = new TrustBundles();
    private final AtomicReference<Instant> now = new AtomicReference<>(TestAuthority.NOW);
    private final SvidVerifier verifier = new SvidVerifier(bundles, now::get);

    SvidVerifierTest() {
        bundles.replace("crm.example", List.of(home.root));
        bundles.replace("partner.example", List.of(partner.root));
    }

    private Checked check(X509Certificate... chain) {
        return verifier.check(List.of(chain));
    }

    private Checked with(UnaryOperator<CertificateDraft> spoilt) {
        return check(home.issue(workload, spoilt, AGENT));
    }

    private Checked named(String... uris) {
        return check(home.issue(workload, draft -> draft, uris));
    }

    private static Checked faulty(SvidFault fault) {
        return new Checked.Faulty(fault);
    }

    private static CertificateDraft uses(CertificateDraft from, boolean ca, Integer... uses) {
        return new CertificateDraft(
                from.serial(),
                from.subject(),
                from.issuer(),
                from.from(),
                from.until(),
                from.key(),
                ca,
                List.of(uses),
                from.uris(),
                from.hosts());
    }

    private static CertificateDraft lasting(CertificateDraft from, Instant begin, Instant end) {
        return new CertificateDraft(
                from.serial(),
                from.subject(),
                from.issuer(),
                begin,
                end,
                from.key(),
                false,
                from.uses(),
                from.uris(),
                from.hosts());
    }

    @Test
    void a_certificate_of_its_own_trust_domain_proves_the_workload() {
        X509Certificate leaf = home.issue(workload, draft -> draft, AGENT);
        assertThat(check(leaf)).isInstanceOfSatisfying(Checked.Verified.class, verified -> {
            assertThat(verified.svid().id()).isEqualTo(new SpiffeId("crm.example", "/agents/sales-copilot"));
            assertThat(verified.svid().thumbprint()).isEqualTo(SvidVerifier.thumbprint(leaf));
            assertThat(verified.svid().until()).isEqualTo(TestAuthority.NOW.plusSeconds(3_600));
        });
        assertThat(check(home.issue(TestAuthority.keys("Ed25519"), draft -> draft, AGENT)))
                .isInstanceOf(Checked.Verified.class);
    }

    @Test
    void a_chain_ends_in_the_trust_domain_that_the_leaf_names() {
        KeyPair middle = TestAuthority.keys("EC");
        X509Certificate between =
                TestAuthority.authority("between", middle, "crm.example", home.keys, List.of("spiffe://crm.example"));
        X509Certificate alien =
                TestAuthority.authority("between", middle, "crm.example", home.keys, List.of("spiffe://other.example"));
        CertificateDraft good = home.draft(workload, AGENT);
        X509Certificate leaf = new CertificateDraft(
                        good.serial(),
                        good.subject(),
                        "between",
                        good.from(),
                        good.until(),
                        good.key(),
                        false,
                        good.uses(),
                        good.uris(),
                        good.hosts())
                .signed(middle.getPrivate());
        assertThat(check(leaf, between)).isInstanceOf(Checked.Verified.class);
        assertThat(check(leaf)).isEqualTo(faulty(SvidFault.CHAIN));
        assertThat(check(leaf, alien)).isEqualTo(faulty(SvidFault.CHAIN));
        assertThat(check(partner.issue(workload, draft -> draft, AGENT))).isEqualTo(faulty(SvidFault.CHAIN));
        assertThat(check(new TestAuthority("crm.example").issue(workload, draft -> draft, AGENT)))
                .isEqualTo(faulty(SvidFault.CHAIN));
        assertThat(named("spiffe://unknown.example/agents/a")).isEqualTo(faulty(SvidFault.DOMAIN));
        assertThat(check(leaf, between, between, between, between)).isEqualTo(faulty(SvidFault.LENGTH));
        assertThat(check()).isEqualTo(faulty(SvidFault.LENGTH));
    }

    @Test
    void a_leaf_that_signs_for_others_is_no_authority() {
        X509Certificate fake = home.issue(workload, draft -> draft, AGENT);
        CertificateDraft below = home.draft(TestAuthority.keys("EC"), AGENT);
        X509Certificate leaf = new CertificateDraft(
                        below.serial(),
                        "other",
                        "workload",
                        below.from(),
                        below.until(),
                        below.key(),
                        false,
                        below.uses(),
                        List.of("spiffe://crm.example/agents/admin"),
                        List.of())
                .signed(workload.getPrivate());
        assertThat(check(leaf, fake)).isEqualTo(faulty(SvidFault.CHAIN));
    }

    @Test
    void a_certificate_names_one_workload() {
        assertThat(named()).isEqualTo(faulty(SvidFault.NAMES));
        assertThat(named(AGENT, "spiffe://crm.example/agents/other")).isEqualTo(faulty(SvidFault.NAMES));
        assertThat(named(AGENT, "https://crm.example")).isEqualTo(faulty(SvidFault.NAMES));
        for (String name : List.of(
                "https://crm.example/agents/a",
                "spiffe://crm.example",
                "spiffe://CRM.example/agents/a",
                "spiffe://crm.example/agents/../admin",
                "spiffe://crm.example/agents//a",
                "spiffe://crm.example/a%2fb",
                "spiffe://crm.example:443/a",
                "spiffe://user@crm.example/a")) {
            assertThat(named(name)).as(name).isEqualTo(faulty(SvidFault.NAMES));
        }
    }

    @Test
    void a_workloads_key_signs_and_signs_no_certificates() {
        assertThat(with(draft -> uses(draft, true, CertificateDraft.SIGNATURE))).isEqualTo(faulty(SvidFault.AUTHORITY));
        assertThat(with(draft -> uses(draft, false))).isEqualTo(faulty(SvidFault.USAGE));
        assertThat(with(draft -> uses(draft, false, 2))).isEqualTo(faulty(SvidFault.USAGE));
        assertThat(with(draft -> uses(draft, false, 0, CertificateDraft.CERTIFICATES)))
                .isEqualTo(faulty(SvidFault.USAGE));
        assertThat(with(draft -> uses(draft, false, 0, CertificateDraft.REVOCATIONS)))
                .isEqualTo(faulty(SvidFault.USAGE));
    }

    @Test
    void times_are_looked_at_every_time_even_of_what_was_verified() {
        Instant start = TestAuthority.NOW;
        X509Certificate leaf = home.issue(workload, draft -> draft, AGENT);
        assertThat(check(leaf)).isInstanceOf(Checked.Verified.class);
        now.set(start.plusSeconds(3_601));
        assertThat(check(leaf)).isEqualTo(faulty(SvidFault.EXPIRED));
        now.set(start);
        assertThat(with(draft -> lasting(draft, start.minusSeconds(60), start.minusSeconds(1))))
                .isEqualTo(faulty(SvidFault.EXPIRED));
        assertThat(with(draft -> lasting(draft, start.plusSeconds(1), start.plusSeconds(60))))
                .isEqualTo(faulty(SvidFault.EARLY));
        now.set(start.plus(Duration.ofDays(31)));
        assertThat(with(draft -> lasting(draft, start, start.plus(Duration.ofDays(60)))))
                .as("the authority itself is over")
                .isEqualTo(faulty(SvidFault.CHAIN));
    }

    @Test
    void a_trust_bundle_that_is_replaced_counts_at_once_for_what_was_verified_before() {
        X509Certificate leaf = home.issue(workload, draft -> draft, AGENT);
        TestAuthority next = new TestAuthority("crm.example");
        assertThat(check(leaf)).isInstanceOf(Checked.Verified.class);
        bundles.replace("crm.example", List.of(home.root, next.root));
        assertThat(check(leaf)).isInstanceOf(Checked.Verified.class);
        assertThat(check(next.issue(workload, draft -> draft, AGENT))).isInstanceOf(Checked.Verified.class);
        bundles.replace("crm.example", List.of(next.root));
        assertThat(check(leaf)).isEqualTo(faulty(SvidFault.CHAIN));
    }

    @Test
    void a_trust_bundle_holds_authorities_and_nothing_else() {
        X509Certificate leaf = home.issue(workload, draft -> draft, AGENT);
        assertThatThrownBy(() -> bundles.replace("crm.example", List.of(leaf)))
                .hasMessageContaining("certificates that sign certificates");
        assertThatThrownBy(() -> bundles.replace("crm.example", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bundles.replace("CRM example", List.of(home.root)))
                .hasMessageContaining("no trust domain");
    }

    @Test
    void pem_is_read_whole_or_not_at_all() throws GeneralSecurityException {
        String one = Certificates.pem(home.root);
        assertThat(read(one + "some words\n" + Certificates.pem(partner.root)))
                .contains(List.of(home.root, partner.root));
        assertThat(read("")).isEmpty();
        assertThat(read(one + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .isEmpty();
        assertThat(read(one.repeat(65))).isEmpty();
        assertThat(Certificates.read(new byte[Certificates.BYTES_MAX + 1])).isEmpty();
    }

    private static java.util.Optional<List<X509Certificate>> read(String pem) {
        return Certificates.read(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
