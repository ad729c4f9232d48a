// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A mail server that goes wrong as it is told: it answers a command with another line, with nothing, or
/// hangs up.
final class ScriptedSmtp implements AutoCloseable {
    static final String SILENCE = "silence";
    static final String HANG_UP = "hang up";

    private final ServerSocket listening;
    private final Map<String, String> answers;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param answers by the beginning of what the client says; `.` is the end of the text, `` the greeting
    ScriptedSmtp(Map<String, String> answers) {
        this.answers = Map.copyOf(answers);
        try {
            listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("smtp://127.0.0.1:" + listening.getLocalPort());
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            boolean on = say(client.getOutputStream(), "", "220 ready");
            boolean text = false;
            for (String line = in.readLine(); on && line != null; line = on ? in.readLine() : null) {
                heard.add(line);
                String said = line;
                if (text) {
                    text = !line.equals(".");
                    on = text || say(client.getOutputStream(), ".", "250 taken");
                } else {
                    String answer = answered(line);
                    text = answer.startsWith("354") && answers.keySet().stream().noneMatch(key -> means(key, said));
                    on = say(client.getOutputStream(), line, answer);
                }
            }
        } catch (IOException _) {
            heard.add(HANG_UP);
        }
    }

    private static String answered(String line) {
        return line.startsWith("DATA") ? "354 go on" : line.startsWith("QUIT") ? "221 bye" : "250 fine";
    }

    private boolean say(OutputStream out, String to, String usual) throws IOException {
        String answer = answers.entrySet().stream()
                .filter(entry -> means(entry.getKey(), to))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(usual);
        if (answer.equals(SILENCE)) {
            await();
            return false;
        }
        if (answer.equals(HANG_UP)) {
            return false;
        }
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
    }

    private static boolean means(String beginning, String said) {
        boolean whole = beginning.isEmpty() || beginning.equals(".");
        return whole ? said.equals(beginning) : said.startsWith(beginning);
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listening.close();
    }
}
