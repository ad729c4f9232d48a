// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.UserRecord;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that a person gives about a deployment, beside a gateway that may be running.
abstract class BenchCommand implements Callable<Integer> {
    private final Rooms rooms;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Where where = new Where();

    BenchCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    abstract int run(Workbench bench, PrintWriter out);

    @Override
    public Integer call() {
        try (Workbench bench = rooms.open(where)) {
            return run(bench, Objects.requireNonNull(spec).commandLine().getOut());
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        }
    }

    /// Whose records the command is about: as named, else the person's as the bundle knows them, else the only
    /// tenant there is.
    static TenantId tenant(Bundles bundles, @Nullable String named, String by) {
        if (named != null) {
            return new TenantId(named);
        }
        Optional<Bundle> bundle = bundles.active() instanceof Step.Passed<DecisionPoint> active
                ? Optional.of(active.state().bundle())
                : Optional.empty();
        Optional<UserRecord> known = bundle.flatMap(one -> by.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(one.users().get(new UserId(by))));
        Set<TenantId> all = bundle.stream()
                .flatMap(one -> one.users().values().stream())
                .map(UserRecord::tenant)
                .collect(Collectors.toSet());
        return known.map(UserRecord::tenant)
                .or(() -> all.size() == 1 ? all.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new CommandFailure("name `--tenant`: the bundle has " + all.size() + " of them"));
    }

    static <T> T passed(Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed.state();
            case Step.Refused<T> refused ->
                throw new CommandFailure(refused.why().explain());
        };
    }
}
