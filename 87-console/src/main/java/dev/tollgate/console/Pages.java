// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console;

import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Frame;
import dev.tollgate.server.http.Turn;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Answers as HTML, by templates that were compiled with this room and escape every text for where it stands.
final class Pages {
    private static final String TYPE = "text/html; charset=utf-8";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "dev.tollgate.console.template");

    void whole(Turn turn, Answer.Whole answer, Frame frame) {
        Frame titled = new Frame(answer.title(), frame.person(), frame.token(), frame.links(), frame.policy());
        reply(turn, answer.status(), answer.template(), Map.of("frame", titled, "page", answer.page()));
    }

    void said(Turn turn, Answer.Said answer, Frame frame) {
        whole(turn, new Answer.Whole(answer.status(), answer.heading(), "said", answer), frame);
    }

    void part(Turn turn, Answer.Part answer) {
        reply(turn, 200, answer.template(), Map.of("page", answer.page()));
    }

    void kept(Turn turn, Answer.Kept answer) {
        turn.with("Content-Disposition", "attachment; filename=\"" + answer.name() + "\"")
                .with("X-Content-Type-Options", "nosniff")
                .reply(
                        200,
                        answer.type() + "; charset=utf-8",
                        ByteBuffer.wrap(answer.text().getBytes(StandardCharsets.UTF_8)));
    }

    private void reply(Turn turn, int status, String template, Map<String, Object> values) {
        StringOutput out = new StringOutput();
        engine.render(template + ".jte", values, out);
        turn.reply(status, TYPE, ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
