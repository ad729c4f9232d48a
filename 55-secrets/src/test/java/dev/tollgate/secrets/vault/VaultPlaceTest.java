// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.vault;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.secrets.vault.VaultPlace.Login;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VaultPlaceTest {
    @Test
    void a_place_is_reached_safely_and_its_paths_are_plain() {
        Login login = new Login.TokenFile(Path.of("token"));
        for (String url : List.of("http://vault.example:8200", "ftp://127.0.0.1", "https://vault.example/v1")) {
            assertThatThrownBy(() -> new VaultPlace(
                            URI.create(url), Optional.empty(), Optional.empty(), login, "secret", "t", Map.of()))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String path : List.of("../sys", "secret/../sys", "a b", "", "/secret", "secret?list=true")) {
            assertThatThrownBy(() -> new VaultPlace(
                            URI.create("https://vault.example"),
                            Optional.empty(),
                            Optional.empty(),
                            login,
                            path,
                            "t",
                            Map.of()))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new VaultPlace(
                        URI.create("https://vault.example"),
                        Optional.empty(),
                        Optional.empty(),
                        login,
                        "secret",
                        "t",
                        Map.of("crm", "sys/seal")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
