// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundlesTest {
    private static final BundleFiles FIRST = DefaultBundle.FILES;
    private static final BundleFiles SECOND = DefaultBundle.edited("bundle.yaml", "'2026-11'", "'2026-12'");

    @TempDir
    Path folder;

    private Store store;
    private Bundles here;
    private Bundles elsewhere;

    @BeforeEach
    void open() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
        here = bundles();
        elsewhere = bundles();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Bundles bundles() {
        return new Bundles(
                store, () -> Instant.parse("2026-11-21T09:00:00Z"), new SplittableRandom(3), Optional.empty());
    }

    @Test
    void without_a_bundle_nothing_is_decided() {
        // When
        var active = here.active();

        // Then
        assertThat(active).isEqualTo(Step.refuse(new Refusal.Undecidable("no policy bundle is in force")));
    }

    @Test
    void a_store_that_cannot_say_which_is_in_force_decides_nothing() {
        // Given
        here.activate(FIRST, "erin");
        store.close();

        // When
        var active = here.active();

        // Then
        assertThat(active).isEqualTo(Step.refuse(new Refusal.Undecidable("the policy in force cannot be read")));
    }

    @Requirement({"S3-12", "S3-13"})
    @Test
    void a_change_is_in_force_everywhere_with_the_next_call() {
        // Given
        here.activate(FIRST, "erin");
        PolicyVersion before = version(elsewhere);

        // When
        here.activate(SECOND, "erin");

        // Then
        assertThat(before).isEqualTo(FIRST.version());
        assertThat(version(elsewhere)).isEqualTo(SECOND.version());
        assertThat(version(here)).isEqualTo(SECOND.version());
    }

    @Test
    void an_invalid_bundle_never_replaces_a_valid_one() {
        // Given
        here.activate(FIRST, "erin");
        BundleFiles broken = DefaultBundle.with("policies/99-new.cedar", "permit (principal, action, resource");

        // When
        Loading loading = here.activate(broken, "erin");

        // Then
        assertThat(loading).isInstanceOf(Loading.Invalid.class);
        assertThat(version(here)).isEqualTo(FIRST.version());
        assertThat(here.history(10)).hasSize(1);
    }

    @Test
    void a_version_that_was_in_force_can_be_again() {
        // Given
        here.activate(FIRST, "erin");
        here.activate(SECOND, "erin");

        // When
        boolean done = here.rollback(FIRST.version(), "carol");
        boolean unknown = here.rollback(new PolicyVersion("sha256:nothing"), "carol");

        // Then
        assertThat(done).isTrue();
        assertThat(unknown).isFalse();
        assertThat(version(elsewhere)).isEqualTo(FIRST.version());
        assertThat(here.history(10))
                .extracting(Bundles.Activation::by, Bundles.Activation::label)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("carol", "2026-11"),
                        org.assertj.core.api.Assertions.tuple("erin", "2026-12"),
                        org.assertj.core.api.Assertions.tuple("erin", "2026-11"));
    }

    @Test
    void activating_what_is_in_force_changes_nothing() {
        // Given
        here.activate(FIRST, "erin");

        // When
        Loading again = elsewhere.activate(FIRST, "carol");

        // Then
        assertThat(again).isInstanceOf(Loading.Loaded.class);
        assertThat(here.history(10)).hasSize(1);
    }

    @Requirement("S0-39")
    @Test
    void an_old_version_still_decides_as_it_did() {
        // Given
        here.activate(FIRST, "erin");
        here.activate(SECOND, "erin");

        // When
        DecisionPoint old = bundles().version(FIRST.version()).orElseThrow();

        // Then
        assertThat(old.bundle().version()).isEqualTo(FIRST.version());
        assertThat(old.bundle().label()).isEqualTo("2026-11");
        assertThat(old.bundle().rules().policies().size())
                .isEqualTo(DefaultBundle.point().bundle().rules().policies().size());
    }

    private static PolicyVersion version(Bundles bundles) {
        return switch (bundles.active()) {
            case Step.Passed<DecisionPoint> passed -> passed.state().bundle().version();
            case Step.Refused<DecisionPoint> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }
}
