// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.cli.Cli;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// The process: one command line, one exit code.
public final class Main {
    private Main() {}

    /// Runs the command line and exits.
    public static void main(String[] args) {
        PrintWriter out = writer(System.out);
        PrintWriter err = writer(System.err);
        int code = Cli.run(new HouseRooms(), out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
