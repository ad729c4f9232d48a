// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The policies that can apply to one principal, action and resource, found once. They answer for any number of
/// contexts: the rows of a search, the views of a field. Immutable once it is made; safe to share.
public final class Candidates {
    private static final int GUESS = 8;

    final PolicySet policies;
    final Entities entities;
    final EntityUid principal;
    final EntityUid action;
    final EntityUid resource;
    final @Nullable Placed principalPlaced;
    final @Nullable Placed actionPlaced;
    final @Nullable Placed resourcePlaced;
    private Rule[] rules = new Rule[GUESS];
    private int size;

    Candidates(PolicySet policies, EntityUid principal, EntityUid action, EntityUid resource, Entities entities) {
        this.policies = policies;
        this.entities = entities;
        this.principal = principal;
        this.action = action;
        this.resource = resource;
        this.principalPlaced = policies.find(principal, entities);
        this.actionPlaced = policies.find(action, entities);
        this.resourcePlaced = policies.find(resource, entities);
    }

    /// Evaluates them all for one context: every satisfied and every failing policy is found, there is no early end.
    public Answer authorize(Rec context) {
        Frame frame = new Frame(this, context);
        Found found = new Found();
        for (int at = 0; at < size; at++) {
            rules[at].evaluate(frame, found);
        }
        return Answer.of(policies, found);
    }

    /// How many there are.
    public int size() {
        return size;
    }

    Rule rule(int at) {
        return rules[at];
    }

    /// Takes those of `more` whose heads match. What the index already knows is tested again where it is cheap and the
    /// index is not exact: an ancestor found the entry of an `==`, a type was not looked at.
    void add(@Nullable List<Rule> more) {
        if (more == null) {
            return;
        }
        for (int at = 0; at < more.size(); at++) {
            Rule rule = more.get(at);
            Rule.Head head = rule.head();
            if (head.principal().admits(principal, principalPlaced)
                    && head.resource().admits(resource, resourcePlaced)) {
                take(rule);
            }
        }
    }

    void take(Rule rule) {
        if (size == rules.length) {
            rules = Arrays.copyOf(rules, size * 2);
        }
        rules[size++] = rule;
    }
}
