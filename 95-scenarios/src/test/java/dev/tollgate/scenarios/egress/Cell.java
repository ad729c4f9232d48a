// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A network namespace for an agent's runtime, with one cable, whose other end is an address of this machine that the
/// gate listens on. No route, no name service. It is gone with the process that holds it.
final class Cell implements AutoCloseable {
    private static final int BYTE_VALUES = 256;

    private final Process holder;
    private final String gate;

    private Cell(Process holder, String gate) {
        this.holder = holder;
        this.gate = gate;
    }

    /// Makes one. Needs the right to make networks, as root has it.
    static Cell make() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo made; read end")
                .redirectErrorStream(true)
                .start();
        String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"made".equals(said)) {
            throw new IllegalStateException("this test needs the right to make network namespaces: " + said);
        }
        String pid = Long.toString(holder.pid());
        int number = (int) (holder.pid() % (BYTE_VALUES * BYTE_VALUES / 4)) * 4;
        String network = "10.213." + number / BYTE_VALUES + ".";
        String gate = network + (number % BYTE_VALUES + 1);
        String end = "tg" + pid;
        Cell cell = new Cell(holder, gate);
        run("ip", "link", "add", end, "type", "veth", "peer", "name", "cable", "netns", pid);
        run("ip", "addr", "add", gate + "/30", "dev", end);
        run("ip", "link", "set", end, "up");
        cell.inside("ip", "link", "set", "lo", "up");
        cell.inside("ip", "addr", "add", network + (number % BYTE_VALUES + 2) + "/30", "dev", "cable");
        cell.inside("ip", "link", "set", "cable", "up");
        return cell;
    }

    /// The gate's end of the cable.
    String gate() {
        return gate;
    }

    /// What runs a command in here.
    List<String> enter() {
        return List.of("nsenter", "--net", "--target", Long.toString(holder.pid()));
    }

    /// Runs a command in here; gives back what it said.
    String inside(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(enter());
        command.addAll(Arrays.asList(words));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close();
        holder.destroy();
    }
}
