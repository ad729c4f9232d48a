// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.change.Change;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tollgate approvals decoy`: puts a change before people that nobody asked for, like one that somebody did, but wrong
/// in a way that a reader notices (requirement B-11). Approving it changes nothing and opens an exception.
@Command(
        name = "decoy",
        description = "Plant a change that nobody should approve, to see who reads.",
        mixinStandardHelpOptions = true)
final class DecoyCommand extends BenchCommand {
    @Option(names = "--like", paramLabel = "ID", required = true, description = "an approval that it looks like")
    private String like = "";

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            required = true,
            description = "what is wrong with it: another value for one of its fields")
    private Map<String, String> wrong = new TreeMap<>();

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "who plants it, for the audit log")
    private String by = "";

    @Option(names = "--tenant", paramLabel = "ID", description = "whose (default: the only tenant's)")
    private @Nullable String tenant;

    DecoyCommand(Rooms rooms) {
        super(rooms);
    }

    @Override
    int run(Workbench bench, PrintWriter out) {
        TenantId whose = tenant(bench.bundles(), tenant, by);
        Approvals approvals = bench.people().approvals();
        Approval model = approvals
                .find(whose, new ApprovalId(like))
                .orElseThrow(() -> new CommandFailure("no such approval, see `approvals list`"));
        Change change = model.change();
        SortedMap<String, Value> after = new TreeMap<>(change.after());
        wrong.forEach((field, text) -> after.put(field, value(change, field, text)));
        if (after.equals(change.after())) {
            throw new CommandFailure("a decoy differs from what was asked for: `--set` another value");
        }
        ApprovalId planted = approvals
                .plantDecoy(with(change, after), model.demand(), by)
                .orElseThrow(() -> new CommandFailure("decoys are switched off"));
        out.println("planted " + planted);
        return 0;
    }

    private static Value value(Change change, String field, String text) {
        return switch (change.after().getOrDefault(field, Value.NULL)) {
            case Value.Text _ -> Value.of(text);
            case Value.Num _ -> new Value.Num(number(field, text));
            case Value.Null _, Value.Bool _, Value.Day _, Value.Moment _, Value.Items _, Value.Fields _ ->
                throw new CommandFailure("`" + field + "` is no text and no number of that change: `--set` another");
        };
    }

    private static BigDecimal number(String field, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw new CommandFailure("`" + field + "` takes a number");
        }
    }

    private static Change with(Change change, SortedMap<String, Value> after) {
        return new Change(
                change.target(),
                change.record(),
                change.before(),
                after,
                change.recordVersion(),
                change.agent(),
                change.user(),
                change.tenant(),
                change.policy(),
                change.workflow(),
                change.reversibility(),
                change.untrusted());
    }
}
