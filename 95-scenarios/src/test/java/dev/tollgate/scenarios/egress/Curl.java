// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// curl, as an agent's runtime uses it.
///
/// @param before what runs it, for example in a network of its own; may be empty
/// @param proxy  the proxy's address and port
/// @param token  what it presents there
record Curl(List<String> before, String proxy, String token) {
    private static final String SECONDS_MAX = "20";

    /// What came of it.
    ///
    /// @param exit    curl's exit code
    /// @param status  of the last answer: the place's, or the proxy's when it let nothing through; 0 without one
    /// @param connect of the proxy's answer to CONNECT; 0 without one
    /// @param text    all that curl wrote, its own words included
    record Ended(int exit, int status, int connect, String text) {}

    /// Through a proxy of this machine.
    static Curl through(int port, String token) {
        return new Curl(List.of(), "127.0.0.1:" + port, token);
    }

    /// Runs curl to its end.
    Ended run(String... words) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("curl", "-q", "-sS", "-m", SECONDS_MAX, "--noproxy", "", "-x", "http://" + proxy));
        if (!token.isEmpty()) {
            command.addAll(List.of("--proxy-user", "agent:" + token));
        }
        command.addAll(List.of("-w", "\n%{http_code} %{http_connect}"));
        command.addAll(Arrays.asList(words));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            String[] codes = text.lines()
                    .filter(line -> line.matches("[0-9]{3} [0-9]{3}"))
                    .reduce("000 000", (_, last) -> last)
                    .split(" ", -1);
            return new Ended(exit, Integer.parseInt(codes[0]), Integer.parseInt(codes[1]), text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
