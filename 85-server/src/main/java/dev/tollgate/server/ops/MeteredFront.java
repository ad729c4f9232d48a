// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.ops;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// A front that lets a bounded number of calls in at once and measures each. What is over the bound is refused
/// at once: a queue would only make everybody's answer late.
public final class MeteredFront implements Front {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Front behind;
    private final Meters meters;
    private final Semaphore free;

    /// @param callsMax calls under way at once
    public MeteredFront(Front behind, Meters meters, int callsMax) {
        this.behind = behind;
        this.meters = meters;
        this.free = new Semaphore(callsMax);
    }

    @Override
    public Step<List<ToolListing>> tools(Credentials who) {
        return limited(() -> behind.tools(who));
    }

    @Override
    public Step<Answer> call(Credentials who, ToolCall call) {
        long began = System.nanoTime();
        meters.began();
        String outcome = "failed";
        boolean known = false;
        try {
            Step<Answer> step = limited(() -> behind.call(who, call));
            outcome = outcome(step);
            known = exists(step);
            return step;
        } finally {
            Optional<String> tool = known ? Optional.of(call.tool().value()) : Optional.empty();
            meters.ended(call.door(), tool, outcome, System.nanoTime() - began);
        }
    }

    @Override
    public Step<Value.Fields> evaluate(Credentials who, Value.Fields request) {
        return limited(() -> behind.evaluate(who, request));
    }

    @Override
    public void unread(Credentials who, RequestId request, Refusal.Malformed why) {
        Step<Boolean> _ = limited(() -> {
            behind.unread(who, request, why);
            return Step.pass(true);
        });
    }

    private <T> Step<T> limited(Supplier<Step<T>> work) {
        if (!free.tryAcquire()) {
            return Step.refuse(new Refusal.Busy(RETRY_AFTER));
        }
        try {
            Step<T> step = work.get();
            if (step instanceof Step.Refused<T> refused && refused.why() instanceof Refusal.Unrecorded) {
                meters.logFailed();
            }
            return step;
        } catch (RuntimeException bug) {
            meters.failed();
            throw bug;
        } finally {
            free.release();
        }
    }

    private static String outcome(Step<Answer> step) {
        return switch (step) {
            case Step.Passed<Answer> _ -> "permitted";
            case Step.Refused<Answer> refused -> refused.why().code();
        };
    }

    /// Only a tool that was found names a series; what a stranger calls a tool does not.
    private static boolean exists(Step<Answer> step) {
        return switch (step) {
            case Step.Passed<Answer> _ -> true;
            case Step.Refused<Answer> refused ->
                switch (refused.why()) {
                    // These come before anybody has looked whether there is such a tool.
                    case Refusal.Unauthenticated _,
                            Refusal.UnknownTool _,
                            Refusal.OverBudget _,
                            Refusal.Halted _,
                            Refusal.Undecidable _,
                            Refusal.Busy _,
                            Refusal.Unrecorded _ -> false;
                    case Refusal.Malformed _,
                            Refusal.Denied _,
                            Refusal.EvidenceNeeded _,
                            Refusal.ApprovalPending _,
                            Refusal.ApprovalRefused _,
                            Refusal.StaleRecord _,
                            Refusal.HumanOnly _,
                            Refusal.TokenRefused _,
                            Refusal.NotFound _,
                            Refusal.UpstreamFailed _,
                            Refusal.ObligationUnmet _,
                            Refusal.Withheld _,
                            Conduct _ -> true;
                };
        };
    }
}
