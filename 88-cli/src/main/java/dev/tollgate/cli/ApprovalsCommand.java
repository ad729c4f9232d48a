// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.change.Diff;
import dev.tollgate.governance.change.Piece;
import dev.tollgate.terms.TenantId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tollgate approvals`: what waits for an approval. Deciding is not a command's: a person decides where the
/// change was shown for long enough, and where they can prove presence.
@Command(
        name = "approvals",
        description = "List and show what waits for people, and see who reads it.",
        mixinStandardHelpOptions = true)
final class ApprovalsCommand {
    private ApprovalsCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new ApprovalsCommand())
                .addSubcommand(new Listing(rooms))
                .addSubcommand(new Show(rooms))
                .addSubcommand(new DecoyCommand(rooms));
    }

    @Command(name = "list", description = "The newest 200, the newest first.", mixinStandardHelpOptions = true)
    static final class Listing extends BenchCommand {
        @Option(names = "--tenant", paramLabel = "ID", description = "whose (default: the only tenant's)")
        private @Nullable String tenant;

        Listing(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            TenantId whose = tenant(bench.bundles(), tenant, "");
            bench.people()
                    .approvals()
                    .history(whose, Optional.empty(), Paged.LIMIT_MAX)
                    .items()
                    .forEach(one -> out.println(one.id() + "  " + one.asked() + "  "
                            + one.state().word() + "  " + one.change().agent() + " for "
                            + one.change().user() + "  " + one.change().target().tool() + "  "
                            + one.demand().rule() + "  expires " + one.expires()));
            return 0;
        }
    }

    @Command(name = "show", description = "One approval: the whole change.", mixinStandardHelpOptions = true)
    static final class Show extends BenchCommand {
        @Parameters(paramLabel = "ID", description = "as `list` prints it")
        private String id = "";

        @Option(names = "--tenant", paramLabel = "ID", description = "whose (default: the only tenant's)")
        private @Nullable String tenant;

        Show(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            TenantId whose = tenant(bench.bundles(), tenant, "");
            Approval one = bench.people()
                    .approvals()
                    .find(whose, new ApprovalId(id))
                    .orElseThrow(() -> new CommandFailure("no such approval, see `list`"));
            Diff diff = Diff.of(one.change());
            out.println("state       " + one.state().word()
                    + one.why().map(why -> ", " + why.words()).orElse(""));
            out.println("asked       " + one.asked() + " by " + one.change().agent() + " for "
                    + one.change().user() + ", expires " + one.expires());
            out.println("what        " + one.change().target().tool() + " on "
                    + one.change().target().system() + "/"
                    + one.change().target().object() + " "
                    + diff.record().map(ApprovalsCommand::shown).orElse("(new)"));
            out.println("ends in     " + shown(diff.destination()));
            out.println("undoing     " + diff.reversibility());
            out.println(
                    "rule        " + one.demand().rule() + ", " + one.demand().approvers() + " approvers of "
                            + one.demand().roles().stream().sorted().toList());
            for (Diff.Line line : diff.lines()) {
                out.println((line.changed() ? "* " : "  ") + shown(line.name())
                        + (line.outside() ? " (replaces text from outside)" : "") + ": "
                        + line.before().map(ApprovalsCommand::shown).orElse("-") + " -> "
                        + line.after().map(ApprovalsCommand::shown).orElse("-"));
            }
            out.println("agent says  " + shown(Piece.of(one.demand().justification())));
            one.votes()
                    .forEach(vote -> out.println("vote        " + vote.verdict() + " by " + vote.approver() + " at "
                            + vote.at() + vote.stepUp().map(how -> ", " + how).orElse("")));
            return 0;
        }
    }

    /// Nothing of a text steers the terminal: what is not plain is shown by name.
    private static String shown(List<Piece> pieces) {
        return pieces.stream().map(Piece::shown).collect(Collectors.joining()).replaceAll("\\p{Cntrl}", " ");
    }
}
