// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One thing that happened. Closed. Written as canonical JSON (RFC 8785) with the kind, the version of the
/// form and the log's time; what is personal in it is only committed to. Immutable.
public sealed interface AuditEntry {
    /// The word for the kind, for example `decision`.
    String kind();

    /// The members of the entry, without those that every entry has.
    Map<String, Value> members();

    /// Values about persons, kept outside the log.
    default List<Personal> personal() {
        return List.of();
    }

    /// Policy has decided a call; nothing has been executed yet (requirements S0-24, S1-25, S3-7).
    ///
    /// @param caller   who asks, for whom
    /// @param call     what is asked
    /// @param ruling   what policy said
    /// @param risk     how risky it looked
    /// @param flow     what the agent could still hold, where policy asked for it
    /// @param warrant  how it stood to what the person asked for, where the token says what that is
    /// @param personal the arguments, the record, the customer
    record Decision(
            Caller caller,
            Call call,
            Ruling ruling,
            Optional<Risk> risk,
            Optional<Flow> flow,
            Optional<Warranted> warrant,
            List<Personal> personal)
            implements AuditEntry {
        public Decision {
            personal = List.copyOf(personal);
        }

        @Override
        public String kind() {
            return "decision";
        }

        @Override
        public Map<String, Value> members() {
            Members members = new Members()
                    .put("request", call.request().value())
                    .put("caller", caller.form())
                    .put("call", call.form())
                    .put("ruling", ruling.form());
            risk.ifPresent(score -> members.put("risk", score.form()));
            flow.ifPresent(held -> members.put("flow", held.form()));
            warrant.ifPresent(found -> members.put("warrant", found.form()));
            return members.map();
        }
    }

    /// How a decided call ended. Written before its answer is released (requirements S0-24, S2-16, S3-7).
    ///
    /// @param request       the call
    /// @param decisionIndex where its decision stands in the log
    /// @param refusal       why nothing was released, when nothing was
    /// @param token         the decision token
    /// @param returned      what was released
    /// @param changed       fields that were changed; their values before and after are personal
    /// @param timings       microseconds by stage
    /// @param personal      what each row showed, changed values, the digest of the answer
    /// @param traffic       what went through, when the call is not about records
    record Outcome(
            RequestId request,
            long decisionIndex,
            Optional<Refusal> refusal,
            Optional<Token> token,
            Returned returned,
            List<String> changed,
            SortedMap<String, Long> timings,
            List<Personal> personal,
            Optional<Traffic> traffic)
            implements AuditEntry {
        public Outcome {
            changed = List.copyOf(changed);
            timings = new TreeMap<>(timings);
            personal = List.copyOf(personal);
        }

        /// The outcome of a call about records.
        public Outcome(
                RequestId request,
                long decisionIndex,
                Optional<Refusal> refusal,
                Optional<Token> token,
                Returned returned,
                List<String> changed,
                SortedMap<String, Long> timings,
                List<Personal> personal) {
            this(request, decisionIndex, refusal, token, returned, changed, timings, personal, Optional.empty());
        }

        @Override
        public String kind() {
            return "outcome";
        }

        @Override
        public Map<String, Value> members() {
            Map<String, Value> micros = new TreeMap<>();
            timings.forEach((stage, took) -> micros.put(stage, Value.of(took)));
            Members members = new Members()
                    .put("request", request.value())
                    .put("decision_index", Value.of(decisionIndex))
                    .put("result", refusal.map(Refusal::code).orElse("released"))
                    .put("returned", returned.form())
                    .put("changed", Value.texts(changed))
                    .put("timings_micros", new Value.Fields(micros));
            refusal.ifPresent(why -> members.put("refusal", why.explain()));
            token.ifPresent(used -> members.put("token", used.form()));
            traffic.ifPresent(through -> members.put("traffic", through.form()));
            return members.map();
        }
    }

    /// A call that was refused before policy decided it.
    ///
    /// @param request the call
    /// @param caller  who asks, when that was proven
    /// @param tool    what was called, in at most 256 characters
    /// @param refusal why not; its words are ours and hold no values
    /// @param detail  a closed word that only the log gets, such as why a token is invalid
    /// @param traceId the caller's trace
    record Refused(
            RequestId request,
            Optional<Caller> caller,
            String tool,
            Refusal refusal,
            Optional<String> detail,
            Optional<String> traceId)
            implements AuditEntry {
        @Override
        public String kind() {
            return "refused";
        }

        @Override
        public Map<String, Value> members() {
            Members members = new Members()
                    .put("request", request.value())
                    .put("tool", tool)
                    .put("result", refusal.code());
            caller.ifPresent(who -> members.put("caller", who.form()));
            detail.ifPresent(word -> members.put("detail", word));
            traceId.ifPresent(trace -> members.put("trace", trace));
            return members.map();
        }
    }

    /// A decision token was handed out for a later call (requirements S3-7, S3-14).
    ///
    /// @param request       the call that asked for it
    /// @param decisionIndex where its decision stands in the log
    /// @param token         what it says
    record TokenIssued(RequestId request, long decisionIndex, Token token) implements AuditEntry {
        @Override
        public String kind() {
            return "token-issued";
        }

        @Override
        public Map<String, Value> members() {
            return new Members()
                    .put("request", request.value())
                    .put("decision_index", Value.of(decisionIndex))
                    .put("token", token.form())
                    .map();
        }
    }

    /// The gateway is about to read what a change would replace, for the decision on that change. Nothing
    /// of it goes to the agent, so it has no outcome of its own.
    ///
    /// @param caller   who wants the change, for whom
    /// @param call     the change that is asked for, with the fields that are read
    /// @param policy   the bundle under which it is read
    /// @param token    the decision token of the reading
    /// @param personal the record
    record Examined(Caller caller, Call call, PolicyVersion policy, Token token, List<Personal> personal)
            implements AuditEntry {
        public Examined {
            personal = List.copyOf(personal);
        }

        @Override
        public String kind() {
            return "examined";
        }

        @Override
        public Map<String, Value> members() {
            return new Members()
                    .put("request", call.request().value())
                    .put("caller", caller.form())
                    .put("call", call.form())
                    .put("policy", policy.value())
                    .put("token", token.form())
                    .map();
        }
    }

    /// A credential was asked for.
    ///
    /// @param decision for which decision, when for one
    /// @param system   of which system
    /// @param name     which credential; never the credential itself
    /// @param max      for how long at most; nothing when there was none
    record SecretLeased(Optional<String> decision, SystemId system, String name, Optional<Duration> max)
            implements AuditEntry {
        @Override
        public String kind() {
            return "secret-leased";
        }

        @Override
        public Map<String, Value> members() {
            Members members = new Members().put("system", system.value()).put("credential", name);
            members.put("seconds_max", Value.of(max.orElse(Duration.ZERO).toSeconds()));
            decision.ifPresent(id -> members.put("decision", id));
            return members.map();
        }
    }

    /// Somebody changed how the gateway works, or it began or ended.
    ///
    /// @param event  what
    /// @param by     who; `gateway` when nobody asked
    /// @param policy the bundle in force afterwards
    /// @param detail short facts, without values about persons
    record Administered(Event event, String by, Optional<PolicyVersion> policy, Map<String, String> detail)
            implements AuditEntry {
        /// What an operator or the gateway itself does.
        public enum Event {
            STARTED,
            STOPPED,
            BUNDLE_ACTIVATED,
            BUNDLE_ROLLED_BACK,
            KEY_ROTATED,
            DELEGATED,
            ERASED,
            APPROVAL_ASKED,
            CHANGE_REPEATED,
            APPROVAL_DECIDED,
            APPROVAL_VOIDED,
            APPROVAL_EXPIRED,
            DECOY_PLANTED,
            HALTED,
            RESUMED,
            ESCALATED,
            EXCEPTION_TAKEN,
            EXCEPTION_RESOLVED,
            ROLLBACK_BEGUN,
            ROLLBACK_ENDED,
            INDEX_REBUILT,
            ACCESS_REVIEWED;

            String word() {
                return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            }
        }

        public Administered {
            detail = Map.copyOf(detail);
        }

        @Override
        public String kind() {
            return "administered";
        }

        @Override
        public Map<String, Value> members() {
            Map<String, Value> facts = new TreeMap<>();
            detail.forEach((name, text) -> facts.put(name, Value.of(text)));
            Members members =
                    new Members().put("event", event.word()).put("by", by).put("detail", new Value.Fields(facts));
            policy.ifPresent(version -> members.put("policy", version.value()));
            return members.map();
        }
    }
}
