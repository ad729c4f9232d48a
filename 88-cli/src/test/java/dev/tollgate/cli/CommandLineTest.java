// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private static final List<String> WHO =
            List.of("token", "--agent", "sales-copilot", "--user", "alice", "--scope", "crm:account:read");

    @TempDir
    private Path folder;

    private FakeRooms rooms;

    @BeforeEach
    void open() {
        rooms = new FakeRooms(folder);
    }

    /// What a command line came to.
    private record Said(int code, String out, String err) {}

    private Said run(byte[] in, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Cli.run(
                rooms, new ByteArrayInputStream(in), new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Said(code, out.toString(), err.toString());
    }

    private Said run(String... words) {
        return run(new byte[0], words);
    }

    private Said token(String... more) {
        String[] words = Arrays.copyOf(WHO.toArray(String[]::new), WHO.size() + more.length);
        System.arraycopy(more, 0, words, WHO.size(), more.length);
        return run(words);
    }

    @Test
    void a_wrong_command_line_is_told_and_opens_nothing() {
        List<Said> wrong = List.of(
                run(),
                run("tokens"),
                run("token"),
                run("token", "--agent"),
                token("--ttl", "soon"),
                token("--loud"),
                run("keys", "rotate", "token"),
                run("keys", "rotate", "password", "--by", "olivia"),
                run("secret", "set"));
        assertThat(wrong).allSatisfy(said -> assertThat(said.code()).isEqualTo(Cli.USAGE));
        assertThat(wrong.stream().skip(1))
                .allSatisfy(said -> assertThat(said.err()).isNotBlank());
        assertThat(rooms.asked).isEmpty();
    }

    @Test
    void a_token_stands_alone_on_its_line_and_holds_every_scope_once() {
        // When
        Said said = token("--scope", "crm:contact:read,crm:account:read", "--ttl", "60");

        // Then
        assertThat(said).isEqualTo(new Said(0, "a.bearer.token" + System.lineSeparator(), ""));
        assertThat(rooms.asked).containsExactly("sales-copilot for alice 2 scopes, 60 s");
    }

    @Test
    void a_token_that_lives_too_long_or_names_no_scope_is_not_issued() {
        List<Said> refused = List.of(
                token("--ttl", "0"),
                token("--ttl", "901"),
                token("--ttl", "-5"),
                token("--scope", "everything"),
                token("--scope", "crm:account:read,"));
        assertThat(refused).allSatisfy(said -> {
            assertThat(said.code()).isOne();
            assertThat(said.out()).isEmpty();
            assertThat(said.err()).startsWith("tollgate: `--");
        });
        assertThat(rooms.asked).isEmpty();
    }

    @Test
    void what_nobody_expected_is_told_by_its_kind_alone() {
        // Given
        rooms.failure = java.util.Optional.of(new IllegalStateException("the password is hunter2"));

        // When
        Said said = token();

        // Then
        assertThat(said.code()).isOne();
        assertThat(said.err())
                .isEqualTo("tollgate: unexpected IllegalStateException, see the log" + System.lineSeparator());
    }

    @Test
    void a_secret_comes_from_standard_input_and_is_never_printed() throws IOException {
        // When
        Said kept = run("s3cret\r\n".getBytes(StandardCharsets.UTF_8), "secret", "set", "crm");
        Said listed = run("secret", "list");
        Said removed = run("secret", "remove", "crm");
        Said again = run("secret", "remove", "crm");

        // Then
        assertThat(kept.out()).isEqualTo("kept: crm" + System.lineSeparator());
        assertThat(listed.out()).isEqualTo("crm" + System.lineSeparator());
        assertThat(removed.code()).isZero();
        assertThat(again.code()).isOne();
        assertThat(again.err()).contains("no such secret, see `list`");
        assertThat(kept.out() + kept.err() + listed.out()).doesNotContain("s3cret");
        assertThat(rooms.asked).containsOnly("open", "close");
    }

    @Test
    void what_is_no_secret_is_not_kept_and_not_quoted() throws IOException {
        byte[] huge = new byte[70_000];
        Arrays.fill(huge, (byte) 'x');
        List<Said> refused = List.of(
                run(new byte[0], "secret", "set", "crm"),
                run("\n".getBytes(StandardCharsets.UTF_8), "secret", "set", "crm"),
                run(new byte[] {(byte) 0xC3, 0x28}, "secret", "set", "crm"),
                run(huge, "secret", "set", "crm"),
                run("value".getBytes(StandardCharsets.UTF_8), "secret", "set", "../crm"));
        assertThat(refused).allSatisfy(said -> {
            assertThat(said.code()).isOne();
            assertThat(said.err()).startsWith("tollgate: a secret").doesNotContain("xx", "value");
        });
        assertThat(rooms.secrets.names()).isEmpty();
    }

    @Test
    void keys_change_in_turn_and_every_turn_is_noted() {
        // When
        Said early = run("keys", "promote", "token", "--by", "olivia");
        Said log = run("keys", "rotate", "log", "--by", "olivia");
        Said rotated = run("keys", "rotate", "TOKEN", "--by", "olivia");
        Said twice = run("keys", "rotate", "token", "--by", "olivia");
        Said promoted = run("keys", "promote", "token", "--by", "olivia");
        Said listed = run("keys", "list");
        Said retired = run("keys", "retire", "token", "--by", "olivia");

        // Then
        assertThat(List.of(early.code(), log.code(), twice.code())).containsOnly(1);
        assertThat(early.err()).contains("rotate first");
        assertThat(log.err()).contains("known by its key");
        assertThat(twice.err()).contains("promote it first");
        assertThat(rotated.out()).contains("made; start every node anew");
        assertThat(promoted.out()).contains("15 minutes later");
        assertThat(listed.out().lines().map(line -> line.split("  ", -1)[0] + " " + line.split("  ", -1)[1]))
                .containsExactly("token current", "token old", "delegation current", "identity current", "log current");
        assertThat(retired.code()).isZero();
        assertThat(rooms.asked)
                .filteredOn(line -> line.startsWith("olivia"))
                .containsExactly("olivia: rotate token token", "olivia: promote token token", "olivia: retire token");
    }
}
