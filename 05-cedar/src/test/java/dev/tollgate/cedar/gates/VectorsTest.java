// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.files.AuthorizeFiles;
import dev.tollgate.cedar.files.CorpusFile;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The project's own vectors, which run wherever the data folder is missing; and the files of `cedar authorize`.
final class VectorsTest {
    private static final Path VECTORS = Path.of("src", "test", "resources", "vectors");
    private static final Path OWN = VECTORS.resolve("own");

    private final CedarFrontend frontend = new CedarFrontend();

    @ParameterizedTest
    @CsvSource({"own/crm.json, 11", "excerpt/ip-2.json, 2", "excerpt/multi-2.json, 2"})
    void vectors_are_answered_as_they_expect(String file, int requests) {
        // Given
        Path vector = VECTORS.resolve(file);

        // When
        CorpusFile.Result result = new CorpusFile(frontend).run(vector);

        // Then
        assertThat(result.lines()).allMatch(line -> line.endsWith("\"ok\":true}"));
        assertThat(result.agreed()).isEqualTo(requests);
        assertThat(new CorpusFile(frontend).validates(vector)).isEmpty();
    }

    @Test
    void a_wrong_expectation_is_told_apart(@TempDir Path folder) throws IOException {
        // Given
        Path copy = folder.resolve("own");
        Files.createDirectories(copy);
        for (String name : new String[] {"crm.cedar", "crm.cedarschema", "crm.entities.json"}) {
            Files.copy(OWN.resolve(name), copy.resolve(name));
        }
        String test = Files.readString(OWN.resolve("crm.json")).replaceFirst("\"allow\"", "\"deny\"");
        Path file = Files.writeString(copy.resolve("crm.json"), test);

        // When
        CorpusFile.Result result = new CorpusFile(frontend).run(file);

        // Then
        assertThat(result.agreed()).isEqualTo(10);
        assertThat(result.disagreed()).isEqualTo(1);
    }

    @Test
    void a_file_that_is_no_test_gives_a_problem_and_no_answer(@TempDir Path folder) throws IOException {
        // Given
        Path file =
                Files.writeString(folder.resolve("x.json"), "{\"policies\":\"../../etc/passwd\",\"requests\":[{}]}");

        // When
        CorpusFile.Result result = new CorpusFile(frontend).run(file);

        // Then
        assertThat(result.disagreed()).isEqualTo(1);
        assertThat(result.lines())
                .singleElement()
                .asString()
                .contains("\"ok\":false", "`policies` must stay within the corpus");
    }

    @Test
    void a_request_in_files_is_answered_as_a_line_of_json(@TempDir Path folder) throws IOException {
        // Given
        Path request = Files.writeString(folder.resolve("request.json"), """
                {"principal": "Agent::\\"orphan\\"", "action": {"type": "Action", "id": "read"},
                 "resource": "Field::\\"contact.email\\"",
                 "context": {"view": "masked", "age": "1m", "from": "10.1.2.3", "row": {"owner": "usr_2"}}}""");

        // When
        AuthorizeFiles.Outcome outcome = new AuthorizeFiles(frontend)
                .authorize(
                        OWN.resolve("crm.cedar"),
                        OWN.resolve("crm.entities.json"),
                        Optional.of(OWN.resolve("crm.cedarschema")),
                        request);

        // Then
        assertThat(outcome)
                .isEqualTo(new AuthorizeFiles.Outcome.Answered(
                        "{\"decision\":\"allow\",\"strict\":\"deny\",\"reason\":[\"policy0\",\"policy2\"],"
                                + "\"errors\":[{\"policy\":\"policy1\",\"kind\":\"no_attribute\"}]}"));
    }

    @Test
    void broken_files_are_told_with_their_place_and_without_their_content(@TempDir Path folder) throws IOException {
        // Given
        Path policies =
                Files.writeString(folder.resolve("p.cedar"), "permit (principal, action, resource)\nwhen { 1 + };");
        Path request = Files.writeString(folder.resolve("r.json"), "{\"action\": \"123-45-6789\"}");

        // When
        AuthorizeFiles files = new AuthorizeFiles(frontend);
        AuthorizeFiles.Outcome badPolicy =
                files.authorize(policies, OWN.resolve("crm.entities.json"), Optional.empty(), request);
        AuthorizeFiles.Outcome badRequest =
                files.authorize(OWN.resolve("crm.cedar"), OWN.resolve("crm.entities.json"), Optional.empty(), request);

        // Then
        assertThat(badPolicy.toString()).contains("p.cedar:2:12: unexpected token");
        assertThat(badRequest.toString()).contains("`/action`").doesNotContain("123-45-6789");
    }
}
