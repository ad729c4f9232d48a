// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.lines.InspectLines;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tollgate inspect`: what the inspectors find, line by line, for people who tune policies.
@Command(
        name = "inspect",
        description = {
            "Find instructions, secrets and personal data in texts.",
            "Reads JSON lines {id, text}, prints JSON lines {id, injection, spans}; exits 1 when a line was not read."
        },
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            int bad = new InspectLines(new Inspector())
                    .run(System.in, Objects.requireNonNull(spec).commandLine().getOut());
            return bad == 0 ? 0 : 1;
        } catch (IOException _) {
            throw new CommandFailure("standard input broke off; send the rest again");
        }
    }
}
