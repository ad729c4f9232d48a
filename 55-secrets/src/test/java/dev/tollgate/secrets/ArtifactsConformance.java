// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.secrets.Artifacts.Document;
import dev.tollgate.store.Store;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// What every store must do for documents on their way.
abstract class ArtifactsConformance {
    private static final SecretKey HOUSE = new SecretKeySpec(new byte[32], "AES");
    private static final String TEXT = "Dear Ines, unplug the canary-4711";

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final String holder = "holder-" + UUID.randomUUID();

    abstract Store database();

    private Artifacts node(SecretKey house) {
        return new Artifacts(database(), house, () -> now, new SecureRandom());
    }

    private Artifacts node() {
        return node(HOUSE);
    }

    private Artifacts.Holder held() {
        return new Artifacts.Holder(holder, List.of("agent scribe-" + holder, "tenant acme-" + holder));
    }

    private static Document document(String text) {
        return new Document(text, List.of("class:operational", "system:demo"));
    }

    private String kept() {
        return node().keep(held(), document(TEXT), now.plus(Duration.ofHours(1)))
                        instanceof Step.Passed<String>(String id)
                ? id
                : "";
    }

    @Test
    @Requirement("S0-28")
    void its_holder_opens_it_on_every_node_and_nobody_else_learns_that_it_is_there() {
        // Given
        String id = kept();

        // When
        Step<Document> own = node().open(holder, id);
        Step<Document> other = node().open("somebody else", id);
        Step<Document> absent = node().open(holder, "doc_nothing");

        // Then
        assertThat(own).isEqualTo(Step.pass(document(TEXT)));
        assertThat(other).isEqualTo(absent).isEqualTo(Step.refuse(new Refusal.NotFound()));
    }

    @Test
    @Requirement("S0-29")
    void delivered_it_opens_for_nobody_and_the_holders_key_goes_with_the_last_one() {
        // Given
        String first = kept();
        String second = kept();

        // When
        boolean gone = node().revoke(holder, new RecordId(first));
        Step<Document> after = node().open(holder, first);
        Step<Document> left = node().open(holder, second);
        boolean foreign = node().revoke("somebody else", new RecordId(second));
        boolean last = node().revoke(holder, new RecordId(second));

        // Then
        assertThat(List.of(gone, foreign, last)).containsExactly(true, false, true);
        assertThat(after).isEqualTo(Step.refuse(new Refusal.NotFound()));
        assertThat(left).isEqualTo(Step.pass(document(TEXT)));
        assertThat(rows("artifact_holder")).isZero();
    }

    private int rows(String table) {
        return database()
                .read(session -> session.query("select holder from " + table + " where holder = ?", holder))
                .size();
    }

    @Test
    @Requirement("S0-28")
    void its_time_ends_whatever_is_asked_and_it_is_forgotten() {
        // Given
        Step<String> made = node().keep(held(), document(TEXT), now.plus(Duration.ofDays(300)));
        String id = made instanceof Step.Passed<String>(String given) ? given : "";

        // When
        now = now.plus(Artifacts.LIFE_MAX);
        Step<Document> late = node().open(holder, id);
        node().forget();

        // Then
        assertThat(late).isEqualTo(Step.refuse(new Refusal.NotFound()));
        assertThat(rows("artifact")).isZero();
        assertThat(rows("artifact_holder")).isZero();
    }

    @Test
    void a_store_holds_no_letter_of_it_and_equal_documents_are_different_bytes() {
        // Given
        kept();
        kept();

        // When
        List<byte[]> rows = database()
                .read(session -> session.query("select wrapped, content from artifact where holder = ?", holder))
                .stream()
                .flatMap(row -> Stream.of(row.bytes("wrapped"), row.bytes("content")))
                .toList();
        Set<String> texts = new HashSet<>();
        rows.forEach(bytes -> texts.add(new String(bytes, StandardCharsets.ISO_8859_1)));

        // Then
        assertThat(texts).hasSize(4).noneMatch(text -> text.contains("canary"));
    }

    @Test
    void what_is_too_much_is_refused_and_not_cut() {
        // When
        Step<String> large = node().keep(held(), document("x".repeat(Artifacts.CHARS_MAX + 1)), now.plusSeconds(60));
        for (int one = 0; one < Artifacts.HELD_MAX; one++) {
            kept();
        }
        Step<String> more = node().keep(held(), document(TEXT), now.plusSeconds(60));

        // Then
        assertThat(List.of(large, more))
                .allSatisfy(step -> assertThat(step)
                        .isInstanceOfSatisfying(
                                Step.Refused.class,
                                refused -> assertThat(refused.why()).isInstanceOf(Refusal.Malformed.class)));
        assertThat(rows("artifact")).isEqualTo(Artifacts.HELD_MAX);
    }

    @Test
    void another_house_cannot_open_it() {
        // Given
        String id = kept();
        byte[] other = new byte[32];
        other[0] = 1;

        // When
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(
                () -> node(new SecretKeySpec(other, "AES")).open(holder, id));

        // Then
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageNotContaining("canary");
    }

    @Test
    @Requirement("S0-29")
    void a_kill_switch_takes_the_keys_of_whom_it_stops_and_no_others() {
        // Given
        String id = kept();

        // When
        int others = database().write(session -> Artifacts.destroy(session, "agent another"));
        Step<Document> still = node().open(holder, id);
        int own = database().write(session -> Artifacts.destroy(session, "tenant acme-" + holder));
        Step<Document> after = node().open(holder, id);

        // Then
        assertThat(List.of(others, own)).containsExactly(0, 1);
        assertThat(still).isEqualTo(Step.pass(document(TEXT)));
        assertThat(after).isEqualTo(Step.refuse(new Refusal.NotFound()));
        assertThat(rows("artifact") + rows("artifact_holder") + rows("artifact_end"))
                .isZero();
    }

    @Test
    @Requirement("S0-25")
    void a_label_that_somebody_takes_off_in_the_store_makes_the_document_unreadable() {
        // Given
        String id = kept();

        // When
        database()
                .write(session -> session.update("update artifact set labels = 'class:operational' where id = ?", id));
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> node().open(holder, id));

        // Then
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageNotContaining("canary");
    }
}
