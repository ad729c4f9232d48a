// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every connector to a system over a network must do besides.
public abstract class RemoteConnectorContractTest extends ConnectorContractTest {
    private static final DoorLimits SHORT = new DoorLimits(200, 64 << 10, Duration.ofMillis(700));

    /// The wire to the system.
    protected abstract Tap tap();

    /// A door to a port where nobody listens.
    protected abstract Door doorTo(int port);

    @ParameterizedTest
    @EnumSource(
            value = Tap.Fault.class,
            names = {"SILENT", "CUT", "GARBAGE", "DRIP", "FLOOD"})
    void a_system_that_misbehaves_is_an_upstream_failure_in_bounded_time(Tap.Fault fault) {
        // Given
        Operation.Search many = search(List.of(), List.of(), 10);
        try (GuardedConnector guard = guarded(current().door(), SHORT)) {
            tap().fault(fault);

            // When
            Step<Rows> answer = guard.execute(authority.token(many), many);
            Health health = guard.health();

            // Then
            assertThat(refusal(answer)).isInstanceOf(Refusal.UpstreamFailed.class);
            assertThat(health.up()).isFalse();
        } finally {
            tap().fault(Tap.Fault.NONE);
        }
    }

    @Test
    void a_system_that_misbehaved_is_used_again_when_it_is_back() {
        // Given
        Operation.Get read = get(current().sample().record(), List.of());
        assertThat(rows(execute(read)).rows()).hasSize(1);
        tap().fault(Tap.Fault.CUT);
        assertThat(refusal(execute(read))).isInstanceOf(Refusal.UpstreamFailed.class);

        // When
        tap().fault(Tap.Fault.NONE);
        Rows back = rows(execute(read));

        // Then
        assertThat(back.rows()).hasSize(1);
    }

    @Test
    void a_system_that_is_not_there_is_unreachable() {
        // Given
        Operation.Get read = get(current().sample().record(), List.of());
        try (GuardedConnector guard = guarded(doorTo(Tap.freePort()))) {
            // When
            Step<Rows> answer = guard.execute(authority.token(read), read);

            // Then
            assertThat(refusal(answer)).isEqualTo(new Refusal.UpstreamFailed(new SystemId("sample"), "unreachable"));
            assertThat(guard.health()).isEqualTo(new Health(false, "unreachable"));
        }
    }

    @Test
    void a_wrong_credential_is_rejected_and_stays_out_of_the_refusal() {
        // Given
        String wrong = "wrong-Secret-4711";
        Operation.Get read = get(current().sample().record(), List.of());
        Credential credential = new Credential(SecretValue.of(wrong), Instant.MAX);
        try (GuardedConnector guard = guarded(new Recredentialed(current().door(), credential))) {
            // When
            Refusal refusal = refusal(guard.execute(authority.token(read), read));

            // Then
            assertThat(refusal).isEqualTo(new Refusal.UpstreamFailed(new SystemId("sample"), "rejected"));
            assertThat(refusal.explain() + refusal).doesNotContain(wrong);
        }
    }

    private record Recredentialed(Door door, Credential credential) implements Door {
        @Override
        public Found answer(Ask ask, Credential ignored, DoorLimits limits) {
            return door.answer(ask, credential, limits);
        }

        @Override
        public void knock(Credential ignored, DoorLimits limits) {
            door.knock(credential, limits);
        }

        @Override
        public Metadata describe(SystemId system, Credential ignored, DoorLimits limits) {
            return door.describe(system, credential, limits);
        }

        @Override
        public boolean needsCredential() {
            return true;
        }

        @Override
        public void close() {
            door.close();
        }
    }
}
