// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.tollgate.scenarios.house.Rooms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Debian's Chromium with one person at it, who has a virtual authenticator. What its console says, and what its
/// policy of content stops, is kept: a page that makes it complain is broken.
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /// Longer than anything here takes on a busy machine.
    private static final int WAIT_MILLIS = 15_000;

    /// No page, ours or a provider's, loads anything from elsewhere.
    private static final String LOOPBACK =
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", LOOPBACK)));
    }

    /// A person's own window and authenticator.
    Person person() {
        BrowserContext context = chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1_440, 900));
        return new Person(context, complaints);
    }

    /// Closes every window: one that is open asks a gateway that has stopped again and again.
    void closeWindows() {
        chromium.contexts().forEach(BrowserContext::close);
    }

    /// Everything that any page complained of.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    /// One person.
    static final class Person {
        private final Page page;
        private final CDPSession devtools;
        private final String authenticator;

        Person(BrowserContext context, List<String> complaints) {
            context.setDefaultTimeout(WAIT_MILLIS);
            page = context.newPage();
            page.onConsoleMessage(message -> {
                boolean status =
                        message.text().startsWith("Failed to load resource: the server responded with a status");
                if (!status && (message.type().equals("error") || message.type().equals("warning"))) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            devtools = context.newCDPSession(page);
            devtools.send("WebAuthn.enable");
            JsonObject options = new JsonObject();
            options.addProperty("protocol", "ctap2");
            options.addProperty("transport", "internal");
            options.addProperty("hasResidentKey", true);
            options.addProperty("hasUserVerification", true);
            options.addProperty("isUserVerified", true);
            options.addProperty("automaticPresenceSimulation", true);
            JsonObject parameters = new JsonObject();
            parameters.add("options", options);
            authenticator = devtools.send("WebAuthn.addVirtualAuthenticator", parameters)
                    .get("authenticatorId")
                    .getAsString();
        }

        Page page() {
            return page;
        }

        /// Whether the authenticator can verify its person from now on.
        void verified(boolean verified) {
            JsonObject parameters = new JsonObject();
            parameters.addProperty("authenticatorId", authenticator);
            parameters.addProperty("isUserVerified", verified);
            devtools.send("WebAuthn.setUserVerified", parameters);
        }

        /// Enrols a passkey with a one-time code, as a person would, and is in.
        void enrol(String console, String code) {
            page.navigate(console + "enrol#" + code);
            page.getByText("Go on").click();
            page.getByText("Make the passkey").click();
            page.waitForURL(console);
        }

        /// Keeps a picture of the page at both widths, when the build asks for pictures.
        void picture(String name) {
            if (!Boolean.getBoolean("tollgate.screens")) {
                return;
            }
            for (int width : new int[] {1_440, 390}) {
                page.setViewportSize(width, 900);
                Path file = Rooms.root().resolve("docs/screens/" + name + "-" + width + ".png");
                page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
            }
            page.setViewportSize(1_440, 900);
        }
    }
}
