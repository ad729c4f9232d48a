// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.secrets.Lease;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.secrets.vault.VaultPlace.Login;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultSecretStoreTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Refusal REJECTED = new Refusal.UpstreamFailed(SecretStore.SYSTEM, "rejected");
    private static final Refusal UNREACHABLE = new Refusal.UpstreamFailed(SecretStore.SYSTEM, "unreachable");

    /// Long enough for loopback on a busy machine, short enough to wait for in a test.
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final StubVault vault = new StubVault();
    private final List<VaultSecretStore> opened = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final InstantSource clock = () -> now;

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        vault.slow.countDown();
        opened.forEach(VaultSecretStore::close);
        vault.close();
    }

    private VaultSecretStore store(Login login, Map<String, String> paths) {
        VaultPlace place =
                new VaultPlace(vault.url(), Optional.empty(), Optional.empty(), login, "secret", "tollgate", paths);
        VaultSecretStore store = new VaultSecretStore(place, clock, WITHIN);
        opened.add(store);
        return store;
    }

    private VaultSecretStore withToken() throws IOException {
        vault.tokens.add("hvs.mine");
        return store(new Login.TokenFile(Files.writeString(folder.resolve("token"), "hvs.mine\n")), Map.of());
    }

    private VaultSecretStore inKubernetes(Map<String, String> paths) throws IOException {
        Path file = Files.writeString(folder.resolve("jwt"), "service-account-jwt");
        return store(new Login.Kubernetes("gateway", "kubernetes", file), paths);
    }

    private void keep(String name, String value) {
        vault.kv.put("secret/data/tollgate/" + name, value);
    }

    @RevealsSecret("the test compares it")
    private static String told(Step<Lease> step) {
        return switch (step) {
            case Step.Passed<Lease> passed -> passed.state().secret().reveal();
            case Step.Refused<Lease> refused -> "refused: " + refused.why();
        };
    }

    private static Optional<Refusal> why(Step<Lease> step) {
        return step instanceof Step.Refused<Lease>(Refusal why) ? Optional.of(why) : Optional.empty();
    }

    private static Instant ends(Step<Lease> step) {
        return step instanceof Step.Passed<Lease>(Lease lease) ? lease.expires() : Instant.MIN;
    }

    @Requirement("S1-34")
    @Test
    void a_secret_is_read_anew_for_every_lease_and_a_lease_ends_within_15_minutes() throws IOException {
        // Given
        keep("crm", "{\"value\":\"first\",\"other\":\"no\"}");
        VaultSecretStore store = withToken();

        // When
        Step<Lease> before = store.lease("crm", Duration.ofDays(1));
        keep("crm", "{\"value\":\"second\"}");
        Step<Lease> after = store.lease("crm", MINUTE);
        vault.kv.clear();
        Step<Lease> gone = store.lease("crm", MINUTE);

        // Then
        assertThat(told(before)).isEqualTo("first");
        assertThat(ends(before)).isEqualTo(now.plus(SecretStore.LEASE_MAX));
        assertThat(told(after)).isEqualTo("second");
        assertThat(why(gone)).contains(REJECTED);
    }

    @Test
    void what_is_deleted_has_no_such_field_or_is_no_text_is_refused_alike() throws IOException {
        VaultSecretStore store = withToken();
        keep("deleted", "deleted");
        keep("other", "{\"password\":\"x\"}");
        keep("number", "{\"value\":1}");
        keep("empty", "{\"value\":\"\"}");
        for (String name : List.of("deleted", "other", "number", "empty", "missing", "forbidden", "../sys", "A")) {
            assertThat(why(store.lease(name, MINUTE))).as(name).contains(REJECTED);
        }
    }

    @Test
    void a_pod_proves_itself_by_its_service_account_and_again_when_its_token_is_over() throws IOException {
        // Given
        keep("crm", "{\"value\":\"s3cret\"}");
        VaultSecretStore store = inKubernetes(Map.of());

        // When
        String first = told(store.lease("crm", MINUTE));
        now = now.plusSeconds(60);
        store.lease("crm", MINUTE);
        long loginsBefore = vault.count("POST auth/kubernetes/login");
        now = now.plusSeconds(4_000);
        String later = told(store.lease("crm", MINUTE));

        // Then
        assertThat(first).isEqualTo("s3cret");
        assertThat(later).isEqualTo("s3cret");
        assertThat(loginsBefore).isOne();
        assertThat(vault.count("POST auth/kubernetes/login")).isEqualTo(2);
    }

    @Test
    void a_token_is_renewed_in_the_last_third_of_its_life_and_taken_anew_once_it_is_revoked() throws IOException {
        // Given
        keep("crm", "{\"value\":\"s3cret\"}");
        VaultSecretStore store = inKubernetes(Map.of());
        store.lease("crm", MINUTE);

        // When
        now = now.plusSeconds(2_500);
        store.lease("crm", MINUTE);
        long renewed = vault.count("POST auth/token/renew-self");
        vault.tokens.clear();
        now = now.plusSeconds(10);
        String after = told(store.lease("crm", MINUTE));

        // Then
        assertThat(renewed).isOne();
        assertThat(after).isEqualTo("s3cret");
        assertThat(vault.count("POST auth/kubernetes/login")).isEqualTo(2);
    }

    @Test
    void a_vault_that_lets_nobody_in_is_asked_once_a_pause_however_many_calls_there_are() throws IOException {
        // Given
        VaultSecretStore store = inKubernetes(Map.of());
        vault.jwt = "another";

        // When
        List<Optional<Refusal>> refusals = new ArrayList<>();
        for (int calls = 0; calls < 20; calls++) {
            refusals.add(why(store.lease("crm", MINUTE)));
        }
        long asked = vault.asked.size();
        now = now.plus(VaultSession.PAUSE);
        store.lease("crm", MINUTE);

        // Then
        assertThat(refusals).containsOnly(Optional.of(REJECTED));
        assertThat(asked).isOne();
        assertThat(vault.asked).hasSize(2);
    }

    @Test
    void a_sealed_slow_gone_or_foreign_server_is_unreachable_and_opens_nothing() throws IOException {
        // Given
        keep("crm", "{\"value\":\"s3cret\"}");
        VaultSecretStore store = withToken();
        assertThat(told(store.lease("crm", MINUTE))).isEqualTo("s3cret");

        // When
        vault.sealed = true;
        Step<Lease> sealed = store.lease("crm", MINUTE);
        vault.sealed = false;
        vault.raw = "<html>welcome</html>";
        Step<Lease> foreign = store.lease("crm", MINUTE);
        vault.raw = "{\"data\":\"" + "x".repeat(300_000) + "\"}";
        Step<Lease> huge = store.lease("crm", MINUTE);
        vault.raw = "{".repeat(5_000);
        Step<Lease> deep = store.lease("crm", MINUTE);
        vault.raw = "";
        vault.hang = true;
        Step<Lease> slow = store.lease("crm", MINUTE);
        vault.hang = false;
        vault.slow.countDown();
        String back = told(store.lease("crm", MINUTE));
        vault.close();
        Step<Lease> gone = store.lease("crm", MINUTE);

        // Then
        assertThat(List.of(sealed, foreign, huge, deep, slow, gone))
                .allSatisfy(step -> assertThat(why(step)).contains(UNREACHABLE));
        assertThat(back).isEqualTo("s3cret");
    }

    @Test
    void a_redirect_is_not_followed_since_the_token_would_go_along() throws IOException {
        // Given
        vault.tokens.add("hvs.mine");
        Path file = Files.writeString(folder.resolve("token"), "hvs.mine");
        VaultPlace place = new VaultPlace(
                vault.url(),
                Optional.of("team"),
                Optional.empty(),
                new Login.TokenFile(file),
                "moved",
                "tollgate",
                Map.of());
        VaultSecretStore store = new VaultSecretStore(place, clock, WITHIN);
        opened.add(store);

        // When
        Step<Lease> moved = store.lease("crm", MINUTE);

        // Then
        assertThat(why(moved)).contains(UNREACHABLE);
        assertThat(vault.asked).allSatisfy(line -> assertThat(line).endsWith("ns=team"));
        assertThat(vault.count("GET elsewhere")).isZero();
    }

    @Test
    void what_an_engine_makes_is_kept_for_its_lease_renewed_and_given_back() throws IOException {
        // Given
        VaultSecretStore store = inKubernetes(Map.of("crm", "database/creds/crm#password"));

        // When
        Step<Lease> first = store.lease("crm", SecretStore.LEASE_MAX);
        String again = told(store.lease("crm", MINUTE));
        now = now.plusSeconds(450);
        String renewed = told(store.lease("crm", MINUTE));
        vault.leaseSeconds = 30;
        now = now.plusSeconds(500);
        String next = told(store.lease("crm", MINUTE));
        store.close();

        // Then
        assertThat(told(first)).isEqualTo("made-1");
        assertThat(ends(first)).isEqualTo(Instant.parse("2026-11-21T10:10:00Z"));
        assertThat(again).isEqualTo("made-1");
        assertThat(renewed).isEqualTo("made-1");
        assertThat(vault.count("POST sys/leases/renew")).isEqualTo(2);
        assertThat(next).isEqualTo("made-2");
        assertThat(vault.count("POST sys/leases/revoke")).isOne();
    }

    @Test
    void a_missing_or_empty_proof_of_the_gateway_opens_nothing() throws IOException {
        VaultSecretStore missing = store(new Login.TokenFile(folder.resolve("nowhere")), Map.of());
        VaultSecretStore empty = store(new Login.TokenFile(Files.writeString(folder.resolve("empty"), "\n")), Map.of());
        assertThat(why(missing.lease("crm", MINUTE))).contains(UNREACHABLE);
        assertThat(why(empty.lease("crm", MINUTE))).contains(UNREACHABLE);
        assertThat(vault.asked).isEmpty();
    }
}
