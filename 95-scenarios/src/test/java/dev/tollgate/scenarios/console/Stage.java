// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A gateway with a browser beside it, an agent that proposes another amount, and people who come to decide.
final class Stage implements AutoCloseable {
    private static final String DEAL = "opp_000001";
    /// Longer than the time that a change must be looked at.
    private static final Duration READING = Duration.ofSeconds(5);

    private final Browser browser;
    private final GatewayUnderTest gateway;
    private final WireClient agent;

    Stage(Browser browser, Path data) {
        this(browser, GatewayUnderTest.start(data));
    }

    Stage(Browser browser, GatewayUnderTest started) {
        this.browser = browser;
        this.gateway = started;
        this.agent = gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    GatewayUnderTest gateway() {
        return gateway;
    }

    /// The agent's call.
    WireClient.Reply set(String amount) {
        return agent.call("opportunity_update", "{\"id\":\"" + DEAL + "\",\"values\":{\"amount\":" + amount + "}}");
    }

    /// The amount as the CRM has it.
    BigDecimal amount() {
        return agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\",\"amount\"]}")
                .structured()
                .at("/records/0/values/amount")
                .decimalValue();
    }

    /// The amount that the CRM has, times `factor`.
    String more(String factor) {
        return amount().multiply(new BigDecimal(factor))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
    }

    /// The id of the approval that a refused call waits for.
    static String pending(WireClient.Reply reply) {
        return reply.message()
                .at("/result/_meta/dev.tollgate~1refusal/approval")
                .asString("");
    }

    /// A person with a passkey, signed in.
    Browser.Person enrolled(String user) {
        Browser.Person person = browser.person();
        person.enrol(gateway.console(), gateway.enrol(user));
        return person;
    }

    /// Goes to the page of an approval.
    void open(Browser.Person person, String id) {
        person.page().navigate(gateway.console() + "approvals/" + id);
    }

    /// Reads, says why, and presses the button; what comes of it is on the page.
    void approve(Browser.Person person) {
        approve(gateway, person);
    }

    /// The same at another gateway's console.
    static void approve(GatewayUnderTest gateway, Browser.Person person) {
        gateway.clock().advance(READING);
        person.page().locator("#justification").fill("the customer confirmed it");
        Locator yes = person.page().getByText("Approve with passkey");
        person.page().waitForCondition(yes::isEnabled);
        yes.click();
    }

    /// Presses the button at once, as somebody does who removed what keeps it shut.
    void hurry(Browser.Person person) {
        person.page().locator("#justification").fill("looks fine");
        person.page().getByText("Approve with passkey").evaluate("button => { button.disabled = false; }");
        person.page().getByText("Approve with passkey").click();
    }

    /// Posts to the approval's page without its form, with the token that every page holds: the status, a space, and
    /// the page that came back.
    String post(Browser.Person person, String id, String verdict) {
        open(person, id);
        return (String) person.page().evaluate("""
                async ([path, verdict]) => {
                    const token = document.querySelector("input[name=token]").value;
                    const body = new URLSearchParams({token, verdict, justification: "mine", credential: ""});
                    const reply = await fetch(path, {method: "POST", body});
                    return reply.status + " " + await reply.text();
                }""", List.of("/console/approvals/" + id, verdict));
    }

    /// Waits for words of the page.
    static void sees(Browser.Person person, String words) {
        person.page()
                .getByText(words, new Page.GetByTextOptions().setExact(false))
                .first()
                .waitFor();
    }

    @Override
    public void close() {
        browser.closeWindows();
        gateway.close();
    }
}
