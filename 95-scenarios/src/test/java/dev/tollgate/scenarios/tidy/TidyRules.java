// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.tidy;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import dev.tollgate.scenarios.tidy.Sources.Parsed;
import dev.tollgate.scenarios.tidy.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// The tidy checks on one source at a time. Each returns what it found, one `path:line: what` a finding.
final class TidyRules {
    static final int FILE_LINES_MAX = 300;
    static final int METHOD_LINES_MAX = 60;
    static final int LINE_CHARS_MAX = 120;

    private static final String HEADER = "// SPDX-License-Identifier: Apache-2.0";
    private static final Pattern OPEN_TASK = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?! \\(#\\d+\\))");

    private TidyRules() {}

    /// A file has one idea, and an idea fits in 300 lines of 120 columns; its first line names the licence.
    static List<String> layout(Source source) {
        List<String> found = new ArrayList<>();
        List<String> lines = source.lines();
        if (!lines.getFirst().equals(HEADER)) {
            found.add(at(source, 1, "first line is not the licence"));
        }
        if (lines.size() > FILE_LINES_MAX) {
            found.add(at(source, lines.size(), "more than " + FILE_LINES_MAX + " lines"));
        }
        boolean block = false;
        for (int line = 0; line < lines.size(); line++) {
            // Data in a text block cannot be broken without changing it; the formatter leaves it alone too.
            if (lines.get(line).split("\"\"\"", -1).length % 2 == 0) {
                block = !block;
            }
            if (!block && lines.get(line).codePointCount(0, lines.get(line).length()) > LINE_CHARS_MAX) {
                found.add(at(source, line + 1, "more than " + LINE_CHARS_MAX + " columns"));
            }
        }
        return found;
    }

    /// What is left to do is an issue, not a comment.
    static List<String> openTasks(Source source) {
        List<String> found = new ArrayList<>();
        List<String> lines = source.lines();
        for (int line = 0; line < lines.size(); line++) {
            if (OPEN_TASK.matcher(lines.get(line)).find()) {
                found.add(at(source, line + 1, "an open task without an issue id"));
            }
        }
        return found;
    }

    /// A method is read at one glance.
    static List<String> methodSizes(Parsed parsed) {
        List<String> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
                if (method.getBody() != null && lines(parsed, method.getBody()) > METHOD_LINES_MAX) {
                    found.add(at(
                            parsed, method, "`" + method.getName() + "` has more than " + METHOD_LINES_MAX + " lines"));
                }
                return super.visitMethod(method, null);
            }

            @Override
            public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void none) {
                if (lines(parsed, lambda) > METHOD_LINES_MAX) {
                    found.add(at(parsed, lambda, "a lambda has more than " + METHOD_LINES_MAX + " lines"));
                }
                return super.visitLambdaExpression(lambda, null);
            }
        }.scan(parsed.tree(), null);
        return found;
    }

    /// Every public type says in `///` what it is. A type inside a public interface is public without saying so.
    static List<String> documents(Parsed parsed) {
        List<String> found = new ArrayList<>();
        parsed.tree().getTypeDecls().forEach(type -> undocumented(parsed, type, false, found));
        return found;
    }

    private static void undocumented(Parsed parsed, Tree tree, boolean inPublicInterface, List<String> found) {
        if (!(tree instanceof ClassTree type)) {
            return;
        }
        Set<Modifier> flags = type.getModifiers().getFlags();
        boolean isPublic = inPublicInterface || flags.contains(Modifier.PUBLIC);
        if (!isPublic) {
            return;
        }
        int line = (int) parsed.line(start(parsed, type));
        String above = line >= 2 ? parsed.source().lines().get(line - 2).strip() : "";
        if (!above.startsWith("///")) {
            found.add(at(parsed, type, "public type `" + type.getSimpleName() + "` has no `///` text"));
        }
        boolean isInterface = type.getKind() == Tree.Kind.INTERFACE;
        type.getMembers().forEach(member -> undocumented(parsed, member, isInterface, found));
    }

    /// No `default` over a sealed type: a new case must break the build until it is answered. Needs resolved types.
    static List<String> defaultsOverSealedTypes(Parsed parsed) {
        List<String> found = new ArrayList<>();
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void none) {
                look(tree.getExpression(), tree.getCases());
                return super.visitSwitch(tree, null);
            }

            @Override
            public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void none) {
                look(tree.getExpression(), tree.getCases());
                return super.visitSwitchExpression(tree, null);
            }

            private void look(ExpressionTree selector, List<? extends CaseTree> cases) {
                TypeMirror type = parsed.trees().getTypeMirror(new TreePath(getCurrentPath(), inner(selector)));
                for (CaseTree one : cases) {
                    boolean isDefault = one.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
                    if (isDefault && isSealed(type)) {
                        found.add(at(parsed, one, "`default` over the sealed type " + type));
                    }
                }
            }
        }.scan(parsed.tree(), null);
        return found;
    }

    private static ExpressionTree inner(ExpressionTree tree) {
        return tree instanceof ParenthesizedTree parenthesized ? inner(parenthesized.getExpression()) : tree;
    }

    private static boolean isSealed(@Nullable TypeMirror type) {
        if (!(type instanceof DeclaredType declared)) {
            return false;
        }
        Element element = declared.asElement();
        return element.getModifiers().contains(Modifier.SEALED);
    }

    private static long lines(Parsed parsed, Tree tree) {
        long end = parsed.trees().getSourcePositions().getEndPosition(parsed.tree(), tree);
        return parsed.line(end) - parsed.line(start(parsed, tree)) + 1;
    }

    private static long start(Parsed parsed, Tree tree) {
        return parsed.trees().getSourcePositions().getStartPosition(parsed.tree(), tree);
    }

    private static String at(Parsed parsed, Tree tree, String what) {
        return at(parsed.source(), parsed.line(start(parsed, tree)), what);
    }

    private static String at(Source source, long line, String what) {
        return source.path() + ":" + line + ": " + what;
    }
}
