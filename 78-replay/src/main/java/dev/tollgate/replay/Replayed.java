// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

import dev.tollgate.terms.PolicyVersion;
import java.util.List;

/// What came of deciding a recorded call again. Closed.
public sealed interface Replayed {
    /// The word for it, for example `equal`.
    String word();

    /// Decided again.
    ///
    /// @param under       the bundle that decided it now
    /// @param outcome     what it says now
    /// @param rules       policies that determine it now
    /// @param differences what is otherwise than in the log; none when both say the same
    record Again(PolicyVersion under, String outcome, List<String> rules, List<Difference> differences)
            implements Replayed {
        public Again {
            rules = List.copyOf(rules);
            differences = List.copyOf(differences);
        }

        @Override
        public String word() {
            return differences.isEmpty() ? "equal" : "different";
        }
    }

    /// A fact that it was decided on was erased: nobody can decide it again, and nothing is guessed.
    ///
    /// @param what which values are gone
    record Erased(List<String> what) implements Replayed {
        public Erased {
            what = List.copyOf(what);
        }

        @Override
        public String word() {
            return "erased";
        }
    }

    /// It cannot be decided again for another reason.
    ///
    /// @param why one sentence without values
    record Impossible(String why) implements Replayed {
        @Override
        public String word() {
            return "not-re-decidable";
        }
    }

    /// It was refused before policy was asked: there is no decision to take again.
    record NotDecided() implements Replayed {
        @Override
        public String word() {
            return "not-decided";
        }
    }

    /// One difference.
    ///
    /// @param what     `outcome`, `reason`, `rules`, `rows`, or the field and what of it: `amount.view`
    /// @param recorded what the log says; empty when it says nothing
    /// @param again    what is decided now
    record Difference(String what, String recorded, String again) {}
}
