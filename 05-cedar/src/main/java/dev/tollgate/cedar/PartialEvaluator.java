// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Bool;
import dev.tollgate.cedar.Unknowns.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Evaluates an expression as far as the unknowns allow; what is left is an expression over them that has the same
/// outcome in every context with the same known part. Whatever has only constants left is evaluated by the same
/// closures as ever, so there is one semantics and not two.
final class PartialEvaluator {
    private static final Expr TRUE = new Expr.Lit(Bool.TRUE);
    private static final Expr FALSE = new Expr.Lit(Bool.FALSE);

    private final Frame frame;
    private final Closures closures;
    private final Unknowns unknowns;

    PartialEvaluator(Candidates of, Rec context, Unknowns unknowns) {
        this.frame = new Frame(of, context);
        this.closures = new Closures(of.policies.nowhere());
        this.unknowns = unknowns;
    }

    Frame frame() {
        return frame;
    }

    Expr reduce(Expr expr) {
        return switch (expr) {
            case Expr.Lit lit -> lit;
            case Expr.Fail fail -> fail;
            case Expr.Var variable -> variable.name() == Expr.Name.CONTEXT ? variable : evaluated(variable);
            case Expr.And and -> chain(and.operands(), TRUE, FALSE);
            case Expr.Or or -> chain(or.operands(), FALSE, TRUE);
            case Expr.Not not -> {
                Expr operand = reduce(not.operand());
                yield strict(new Expr.Not(operand), operand);
            }
            case Expr.If when -> choice(when);
            case Expr.Unary unary -> {
                Expr operand = reduce(unary.operand());
                yield strict(new Expr.Unary(unary.op(), operand), operand);
            }
            case Expr.Binary binary -> {
                Expr left = reduce(binary.left());
                Expr right = reduce(binary.right());
                yield strict(new Expr.Binary(binary.op(), left, right), left, right);
            }
            case Expr.Like like -> {
                Expr operand = reduce(like.operand());
                yield strict(new Expr.Like(operand, like.pattern()), operand);
            }
            case Expr.Is is -> {
                Expr operand = reduce(is.operand());
                yield strict(new Expr.Is(operand, is.type()), operand);
            }
            case Expr.Get get -> get(get);
            case Expr.Has has -> has(has);
            case Expr.SetOf set -> {
                List<Expr> elements = all(set.elements());
                yield strict(new Expr.SetOf(elements), elements.toArray(new Expr[0]));
            }
            case Expr.RecordOf record -> {
                TreeMap<String, Expr> attributes = new TreeMap<>();
                record.attributes().forEach((name, value) -> attributes.put(name, reduce(value)));
                yield strict(new Expr.RecordOf(attributes), attributes.values().toArray(new Expr[0]));
            }
            case Expr.Call call -> {
                List<Expr> arguments = all(call.arguments());
                yield strict(new Expr.Call(call.function(), arguments), arguments.toArray(new Expr[0]));
            }
        };
    }

    private List<Expr> all(List<Expr> exprs) {
        return exprs.stream().map(this::reduce).toList();
    }

    /// `&&` drops what is true and ends with what is false, `||` the other way round. What comes before the end stays:
    /// it may fail. A single operand stays in its chain, which demands a boolean of it.
    private Expr chain(List<Expr> operands, Expr goesOn, Expr ends) {
        List<Expr> left = new ArrayList<>();
        for (Expr operand : operands) {
            Expr reduced = reduce(operand);
            if (reduced.equals(goesOn)) {
                continue;
            }
            Expr part = reduced instanceof Expr.Lit && !reduced.equals(ends) ? new Expr.Fail(ErrorKind.TYPE) : reduced;
            left.addAll(flat(part, goesOn));
            if (part instanceof Expr.Lit || part instanceof Expr.Fail) {
                break;
            }
        }
        if (left.isEmpty()) {
            return goesOn;
        }
        if (left.size() == 1 && (left.getFirst() instanceof Expr.Lit || left.getFirst() instanceof Expr.Fail)) {
            return left.getFirst();
        }
        return goesOn.equals(TRUE) ? new Expr.And(List.copyOf(left)) : new Expr.Or(List.copyOf(left));
    }

    /// The operands of a chain within a chain of the same kind.
    private static List<Expr> flat(Expr part, Expr goesOn) {
        if (part instanceof Expr.And and && goesOn.equals(TRUE)) {
            return and.operands();
        }
        return part instanceof Expr.Or or && goesOn.equals(FALSE) ? or.operands() : List.of(part);
    }

    private Expr choice(Expr.If when) {
        Expr condition = reduce(when.condition());
        if (condition instanceof Expr.Lit lit) {
            return lit.value() == Bool.TRUE
                    ? reduce(when.yes())
                    : lit.value() == Bool.FALSE ? reduce(when.no()) : new Expr.Fail(ErrorKind.TYPE);
        }
        return condition instanceof Expr.Fail
                ? condition
                : new Expr.If(condition, reduce(when.yes()), reduce(when.no()));
    }

    /// An operator that evaluates all its operands: one that fails makes it fail, constants make it a constant.
    private Expr strict(Expr whole, Expr... operands) {
        boolean constant = true;
        for (Expr operand : operands) {
            if (operand instanceof Expr.Fail) {
                return operand;
            }
            constant = constant && operand instanceof Expr.Lit;
        }
        return constant ? evaluated(whole) : whole;
    }

    private Expr evaluated(Expr expr) {
        CedarValue value = closures.node(expr).eval(frame);
        return value == null ? new Expr.Fail(frame.fault()) : new Expr.Lit(value);
    }

    private Expr get(Expr.Get get) {
        Place place = place(get.operand());
        if (place == null) {
            Expr operand = reduce(get.operand());
            return strict(new Expr.Get(operand, get.name()), operand);
        }
        if (place.tree.children().containsKey(get.name())) {
            return get;
        }
        CedarValue known = place.known.get(get.name());
        return known == null ? new Expr.Fail(ErrorKind.NO_ATTRIBUTE) : new Expr.Lit(known);
    }

    private Expr has(Expr.Has has) {
        Place place = place(has.operand());
        if (place == null) {
            Expr operand = reduce(has.operand());
            return strict(new Expr.Has(operand, has.name()), operand);
        }
        Unknowns.Tree child = place.tree.children().get(has.name());
        if (child == null) {
            return new Expr.Lit(Bool.of(place.known.get(has.name()) != null));
        }
        return child.unknown() == Promise.NOTHING ? has : TRUE;
    }

    /// A record of the context that has unknowns in it, with its known part.
    private record Place(Unknowns.Tree tree, Rec known) {}

    private @Nullable Place place(Expr expr) {
        Unknowns.Tree tree = tree(expr);
        if (tree == null || tree.unknown() != null) {
            return null;
        }
        return new Place(tree, known(expr));
    }

    private Rec known(Expr expr) {
        if (expr instanceof Expr.Get get && known(get.operand()).get(get.name()) instanceof Rec record) {
            return record;
        }
        return expr instanceof Expr.Get ? Rec.EMPTY : frame.context;
    }

    private Unknowns.@Nullable Tree tree(Expr expr) {
        if (expr instanceof Expr.Var variable && variable.name() == Expr.Name.CONTEXT) {
            return unknowns.root();
        }
        Unknowns.Tree above = expr instanceof Expr.Get get ? tree(get.operand()) : null;
        return above == null ? null : above.children().get(((Expr.Get) expr).name());
    }

    /// What is promised of an expression; null when it is not an unknown itself.
    @Nullable
    Promise promise(Expr expr) {
        Unknowns.Tree tree = tree(expr);
        return tree == null ? null : tree.unknown();
    }

    /// Whether an expression is a record that is known to be there.
    boolean isRecord(Expr expr) {
        return place(expr) != null;
    }
}
