// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.IdentityTrust;
import dev.tollgate.gateway.exchange.TrustDomain;
import dev.tollgate.identity.proof.LocalIdentity;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.SpiffeId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents of a cluster, of a SPIRE server and of a cloud, for people of a company's provider.
final class TrustedIssuersTest {
    private static final String ACCOUNT = "system:serviceaccount:agents:sales-copilot";
    private static final String SVID = "spiffe://spire.example/agents/outreach-agent";
    private static final String POOL = "repo:acme/enrich:ref:refs/heads/main";
    private static final MovingClock CLOCK = new MovingClock();

    private static GatewayUnderTest gateway;
    private static TokenDesk desk;
    private static Issuer cluster;
    private static Issuer spire;
    private static Issuer pool;
    private static Issuer provider;
    private static Issuer down;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = new Issuer("https://kubernetes.default.svc", folder.resolve("cluster.json"), CLOCK);
        spire = new Issuer("https://spire.example", folder.resolve("spire.json"), CLOCK);
        pool = new Issuer("https://pool.example", folder.resolve("pool.json"), CLOCK);
        provider = new Issuer("https://login.example", folder.resolve("provider.json"), CLOCK);
        Path lost = folder.resolve("down.json");
        down = new Issuer("https://down.example", lost, CLOCK);
        lost.toFile().renameTo(folder.resolve("elsewhere.json").toFile());
        Optional<String> here = Optional.of("tollgate");
        IdentityTrust trust = new IdentityTrust(
                List.of(
                        new IdentityTrust.Domain(
                                "prod.example", TrustDomain.Kind.KUBERNETES, cluster.keys(), here, false),
                        new IdentityTrust.Domain("down.example", TrustDomain.Kind.SPIFFE, down.keys(), here, true),
                        new IdentityTrust.Domain("spire.example", TrustDomain.Kind.SPIFFE, spire.keys(), here, true),
                        new IdentityTrust.Domain("pool.example", TrustDomain.Kind.OIDC, pool.keys(), here, false)),
                List.of(new IdentityTrust.People(provider.keys(), "tollgate", "preferred_username", true)));
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .replace("principals.yaml", local("sales-copilot"), """
                        spiffe_id: spiffe://prod.example/ns/agents/sa/sales-copilot
                            trust_domain: prod.example
                            attestation: kubernetes-sa""")
                .replace("principals.yaml", local("outreach-agent"), """
                        spiffe_id: spiffe://spire.example/agents/outreach-agent
                            trust_domain: spire.example
                            attestation: hardware""")
                .replace("principals.yaml", local("enrichment-agent"), """
                        spiffe_id: spiffe://pool.example/enrichment
                            trust_domain: pool.example
                            attestation: workload-identity-pool
                            subject: '%s'""".formatted(POOL));
        gateway = GatewayUnderTest.start(
                GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("data")), bundle)
                        .trusting(trust),
                CLOCK);
        desk = new TokenDesk(gateway);
        url = "http://127.0.0.1:" + gateway.port();
    }

    private static String local(String agent) {
        return "spiffe_id: spiffe://crm.example/agents/" + agent
                + "\\n    trust_domain: crm.example\\n    attestation: local";
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Map<String, String> form(String actor, String person, String workflow) {
        Map<String, String> form = desk.form("analyst", person, workflow);
        form.put("actor_token", actor);
        return form;
    }

    private static String error(String actor) {
        TokenDesk.Answer answer = desk.ask(form(actor, "alice", "reach-out"));
        return answer.status() == 200
                ? "issued to " + answer.claims().path("client_id").asString("")
                : answer.error();
    }

    @Requirement({"S1-3", "S4-10"})
    @Test
    void a_service_account_of_the_cluster_is_the_agent_that_is_named_after_it() {
        String token = cluster.token("", ACCOUNT, "tollgate", Map.of());

        assertThat(error(token)).isEqualTo("issued to sales-copilot");
        assertThat(error(token)).as("good for an hour of exchanges").isEqualTo("issued to sales-copilot");
        assertThat(error(cluster.token("", ACCOUNT.replace("agents:", "default:"), "tollgate", Map.of())))
                .as("the same name in another namespace")
                .isEqualTo("invalid_client");
        assertThat(error(cluster.token("", ACCOUNT, "https://kubernetes.default.svc", Map.of())))
                .as("a token for the cluster's own server")
                .isEqualTo("invalid_client");
        assertThat(error(pool.token("", ACCOUNT, "tollgate", Map.of())))
                .as("another issuer's word for it")
                .isEqualTo("invalid_client");
    }

    @Requirement({"S1-3", "S0-15"})
    @Test
    void a_jwt_svid_is_the_agent_of_that_name_once() {
        String svid = spire.token("JWT", SVID, "tollgate", Map.of());

        assertThat(error(svid)).isEqualTo("issued to outreach-agent");
        assertThat(error(svid)).as("again").isEqualTo("invalid_client");
        assertThat(error(spire.token("JWT", "spiffe://prod.example/ns/agents/sa/sales-copilot", "tollgate", Map.of())))
                .as("a name in another trust domain")
                .isEqualTo("invalid_client");
        assertThat(error(spire.token("JWT", SVID + "/x", "tollgate", Map.of()))).isEqualTo("invalid_client");
        assertThat(error(spire.token("dpop+jwt", SVID, "tollgate", Map.of()))).isEqualTo("invalid_client");
    }

    @Requirement({"S1-3", "S0-15"})
    @Test
    void an_issuer_whose_keys_cannot_be_read_opens_nothing_and_is_told_apart_in_the_log() {
        String good = down.token("", "spiffe://down.example/agents/outreach-agent", "tollgate", Map.of());

        String refused = error(good);

        assertThat(refused).isEqualTo("invalid_client");
        assertThat(LogEntries.of(gateway).of("refused"))
                .extracting(entry -> entry.path("detail").asString(""))
                .contains("invalid_client actor-unavailable");
    }

    @Requirement({"S1-3", "S2-2"})
    @Test
    void a_token_of_a_pool_is_the_agent_whose_record_lists_its_subject() {
        TokenDesk.Answer answer = desk.ask(form(pool.token("JWT", POOL, "tollgate", Map.of()), "erin", "enrich-leads"));

        assertThat(answer.claims().path("client_id").asString("")).isEqualTo("enrichment-agent");
        assertThat(error(pool.token("JWT", POOL.replace("main", "fork"), "tollgate", Map.of())))
                .isEqualTo("invalid_client");
    }

    @Requirement({"S1-3", "S2-2"})
    @Test
    void an_operators_word_does_not_stand_for_a_clusters() {
        SigningKeys keys = new SigningKeys(gateway.data().resolve("keys"), CryptoProviders.best());
        LocalIdentity operator =
                new LocalIdentity(keys.openOrCreate(SigningKeys.Purpose.IDENTITY), CLOCK, Property.random(7));

        String vouched = operator.workload(SpiffeId.parse("spiffe://prod.example/ns/agents/sa/sales-copilot")
                .orElseThrow());

        assertThat(error(vouched)).isEqualTo("invalid_client");
    }

    @Requirement("S1-3")
    @Test
    void a_new_key_is_taken_without_a_restart_and_the_old_one_no_longer() {
        String before = spire.token("JWT", SVID, "tollgate", Map.of("n", 1));
        spire.rotate("two");
        String after = spire.token("JWT", SVID, "tollgate", Map.of("n", 2));
        CLOCK.advance(Duration.ofSeconds(31));

        assertThat(error(after)).isEqualTo("issued to outreach-agent");
        assertThat(error(before)).isEqualTo("invalid_client");
    }

    @Requirement({"S1-4", "S1-7"})
    @Test
    void tokens_of_the_provider_are_each_read_as_what_they_are() {
        Map<String, Object> alice = Map.of("preferred_username", "alice");
        String identity = provider.token("JWT", "4711", "tollgate", alice);
        String access = provider.token("at+jwt", "4711", url + "/mcp", alice);

        assertThat(by(identity, "id_token")).isEqualTo("issued");
        assertThat(by(access, "access_token")).isEqualTo("issued");
        assertThat(by(identity, "access_token")).isEqualTo("invalid_grant");
        assertThat(by(access, "id_token")).isEqualTo("invalid_grant");
        assertThat(by(provider.token("at+jwt", "4711", "https://other.example", alice), "access_token"))
                .as("a token for another resource is not passed through")
                .isEqualTo("invalid_grant");
        assertThat(by(provider.token("JWT", "4711", "tollgate", Map.of()), "id_token"))
                .isEqualTo("invalid_grant");
    }

    private static String by(String subject, String kind) {
        Map<String, String> form = form(cluster.token("", ACCOUNT, "tollgate", Map.of()), "alice", "reach-out");
        form.put("subject_token", subject);
        form.put("subject_token_type", TokenDesk.TYPES + kind);
        TokenDesk.Answer answer = desk.ask(form);
        return answer.status() == 200 ? "issued" : answer.error();
    }

    private static Map<String, String> asserting(String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("assertion", assertion);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", cluster.token("", ACCOUNT, "tollgate", Map.of()));
        form.put("workflow", "prepare-sales-call");
        return form;
    }

    private static Map<String, Object> allowed(String client, String name) {
        return Map.of(
                "preferred_username",
                "alice",
                "client_id",
                client,
                "resource",
                url + "/mcp",
                "scope",
                "openid crm:account:read crm:invoice:read",
                "n",
                name);
    }

    @Requirement({"S1-4", "S1-5"})
    @Test
    void an_assertion_of_the_provider_lets_the_client_that_it_names_act_for_the_person_once() {
        String jag = provider.token("oauth-id-jag+jwt", "4711", url, allowed("sales-copilot", "a"));

        TokenDesk.Answer answer = desk.ask(asserting(jag));

        assertThat(answer.scopes()).containsExactly("crm:account:read");
        assertThat(answer.claims().path("sub").asString("")).isEqualTo("alice");
        try (WireClient agent = new WireClient(gateway.port(), answer.token())) {
            assertThat(agent.call("account_search", "{\"limit\":1}").exchange().text())
                    .contains("acc_");
        }
        assertThat(desk.ask(asserting(jag)).error()).as("again").isEqualTo("invalid_grant");
        assertThat(desk.ask(asserting(provider.token("oauth-id-jag+jwt", "4711", url, allowed("analyst", "b"))))
                        .error())
                .as("for another client")
                .isEqualTo("invalid_grant");
        assertThat(desk.ask(asserting(provider.token("JWT", "4711", url, allowed("sales-copilot", "c"))))
                        .error())
                .as("a token of another kind")
                .isEqualTo("invalid_grant");
        assertThat(desk.ask(asserting(provider.token(
                                "oauth-id-jag+jwt", "4711", "https://other.example", allowed("sales-copilot", "d"))))
                        .error())
                .as("for another server")
                .isEqualTo("invalid_grant");
    }
}
