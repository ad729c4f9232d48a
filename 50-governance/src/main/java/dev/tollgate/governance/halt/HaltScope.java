// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import dev.tollgate.terms.Require;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a kill switch stops.
///
/// @param kind    of what
/// @param subject which one, as logs name it, for example `crm:account_update` or `opportunity.amount`;
///     empty for `all`
public record HaltScope(Kind kind, String subject) {
    private static final int SUBJECT_CHARS_MAX = 600;

    /// Of what. Closed.
    public enum Kind {
        ALL,
        AGENT,
        AGENT_TYPE,
        /// One session of an agent, however often its tokens are renewed.
        SESSION,
        /// One task, whichever sessions work on it.
        TASK,
        USER,
        TENANT,
        TOOL,
        /// `object.field`
        FIELD,
        DESTINATION;

        /// The word in files, pages and refusals, for example `agent-type`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The kind of that word, or nothing when there is none.
        public static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /// Stops everything.
    public static final HaltScope EVERYTHING = new HaltScope(Kind.ALL, "");

    public HaltScope {
        Require.require((kind == Kind.ALL) == subject.isEmpty(), "every scope but `all` names what it stops");
        Require.require(subject.length() <= SUBJECT_CHARS_MAX, "a scope has at most 600 characters");
        Require.require(subject.chars().noneMatch(Character::isISOControl), "a scope has no control characters");
        Require.require(subject.equals(subject.strip()), "a scope has no spaces around it");
    }

    /// Reads `all`, or a kind and what it stops: `agent sales-copilot`, `field opportunity.amount`.
    public static Optional<HaltScope> parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        String subject = words.length == 2 ? words[1] : "";
        try {
            return Kind.of(words[0]).map(kind -> new HaltScope(kind, subject));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Whether the scope stops such a call.
    public boolean covers(HaltSubject call) {
        return HaltSet.of(List.of(this)).stops(call).isPresent();
    }

    @Override
    public String toString() {
        return subject.isEmpty() ? kind.word() : kind.word() + " " + subject;
    }
}
