// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import dev.tollgate.terms.Digest;
import java.util.List;

/// What a check found.
///
/// @param size     entries of the log
/// @param root     their root
/// @param signed   entries that the newest signed checkpoint covers
/// @param problems what does not hold, at most `LogCheck.PROBLEMS_MAX`; none means that the log is sound
/// @param remarks  what an operator should know and no attacker is needed for, such as the remains of a crash
public record Report(long size, Digest root, long signed, List<Problem> problems, List<String> remarks) {
    public Report {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    /// Whether every promise holds.
    public boolean sound() {
        return problems.isEmpty();
    }
}
