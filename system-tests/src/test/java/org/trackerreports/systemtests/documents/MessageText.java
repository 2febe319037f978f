package org.trackerreports.systemtests.documents;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the texts that an expression can have, as far as one file says: literals, constants, alternatives, methods of the same file, and
 * the arguments of a method's callers. Whatever else it is made of becomes {@code …}.
 */
final class MessageText {

    private static final String UNKNOWN = "…";
    /** Methods that return what they are called on or are given: {@code List.of(text)}, {@code optional.map(x -> text).orElse(text)}. */
    private static final Set<String> PASSING = Set.of("of", "map", "orElse", "orElseGet", "stripTrailing");

    private final Map<String, ExpressionTree> constants = new HashMap<>();
    private final Map<String, List<TreePath>> methods = new HashMap<>();
    private final Map<String, List<TreePath>> calls = new HashMap<>();
    private final Set<Tree> visiting = new HashSet<>();

    MessageText(CompilationUnitTree unit) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree variable, Void unused) {
                if (variable.getModifiers().toString().contains("static final") && variable.getInitializer() != null) {
                    constants.put(variable.getName().toString(), variable.getInitializer());
                }
                return super.visitVariable(variable, null);
            }

            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                methods.computeIfAbsent(method.getName().toString(), name -> new ArrayList<>())
                        .add(getCurrentPath());
                return super.visitMethod(method, null);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                if (call.getMethodSelect() instanceof IdentifierTree name) {
                    calls.computeIfAbsent(name.toString(), key -> new ArrayList<>())
                            .add(getCurrentPath());
                }
                return super.visitMethodInvocation(call, null);
            }
        }.scan(unit, null);
    }

    /** The texts of an expression, without those that nothing is known of. */
    Set<String> of(TreePath expression) {
        return known(texts(expression, true));
    }

    /** The texts that the methods of this name return. */
    Set<String> returned(String method) {
        Set<String> texts = new TreeSet<>();
        methods.getOrDefault(method, List.of()).forEach(path -> texts.addAll(returns(path)));
        return known(texts);
    }

    private static Set<String> known(Set<String> texts) {
        return texts.stream()
                .map(text -> text.replaceAll("\\s+", " ")
                        .replaceAll("…( ?…)+", UNKNOWN)
                        .strip())
                .filter(text -> text.matches("(?s).*\\p{L}{3,}.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param whole whether this is the whole message: only then all alternatives count, otherwise they are a variable part */
    private Set<String> texts(TreePath path, boolean whole) {
        Tree tree = path.getLeaf();
        if (!visiting.add(tree)) {
            return Set.of(UNKNOWN);
        }
        try {
            if (tree instanceof LiteralTree literal) {
                return tree.getKind() == Tree.Kind.NULL_LITERAL ? Set.of() : Set.of(String.valueOf(literal.getValue()));
            }
            if (tree instanceof ParenthesizedTree inner) {
                return texts(new TreePath(path, inner.getExpression()), whole);
            }
            if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                return Set.of(
                        one(new TreePath(path, sum.getLeftOperand())) + one(new TreePath(path, sum.getRightOperand())));
            }
            if (tree instanceof IdentifierTree name) {
                return variable(path, name.getName().toString(), whole);
            }
            return whole ? alternatives(path) : Set.of(UNKNOWN);
        } finally {
            visiting.remove(tree);
        }
    }

    private Set<String> alternatives(TreePath path) {
        Tree tree = path.getLeaf();
        Set<String> texts = new TreeSet<>();
        if (tree instanceof ConditionalExpressionTree either) {
            texts.addAll(texts(new TreePath(path, either.getTrueExpression()), true));
            texts.addAll(texts(new TreePath(path, either.getFalseExpression()), true));
        } else if (tree instanceof SwitchExpressionTree choice) {
            for (CaseTree each : choice.getCases()) {
                texts.addAll(results(new TreePath(path, each), each));
            }
        } else if (tree instanceof LambdaExpressionTree lambda && lambda.getBody() instanceof ExpressionTree) {
            texts.addAll(texts(new TreePath(path, lambda.getBody()), true));
        } else if (tree instanceof MethodInvocationTree call) {
            if (call.getMethodSelect() instanceof IdentifierTree name && methods.containsKey(name.toString())) {
                methods.get(name.toString()).forEach(method -> texts.addAll(returns(method)));
            } else if (call.getMethodSelect() instanceof MemberSelectTree select
                    && PASSING.contains(select.getIdentifier().toString())) {
                texts.addAll(texts(new TreePath(path, select.getExpression()), true));
                call.getArguments().forEach(argument -> texts.addAll(texts(new TreePath(path, argument), true)));
            }
        }
        return texts;
    }

    private Set<String> results(TreePath path, CaseTree each) {
        if (each.getBody() instanceof ExpressionTree body) {
            return texts(new TreePath(path, body), true);
        }
        Set<String> texts = new TreeSet<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitYield(YieldTree yield, Void unused) {
                texts.addAll(texts(new TreePath(getCurrentPath(), yield.getValue()), true));
                return null;
            }
        }.scan(path, null);
        return texts;
    }

    private Set<String> returns(TreePath method) {
        if (!visiting.add(method.getLeaf())) {
            return Set.of(UNKNOWN);
        }
        Set<String> texts = new TreeSet<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitReturn(ReturnTree returned, Void unused) {
                if (returned.getExpression() != null) {
                    texts.addAll(texts(new TreePath(getCurrentPath(), returned.getExpression()), true));
                }
                return null;
            }

            @Override
            public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
                return null;
            }
        }.scan(method, null);
        visiting.remove(method.getLeaf());
        return texts;
    }

    /** A part of a longer text: it counts only if it is always the same. */
    private String one(TreePath part) {
        Set<String> texts = texts(part, false);
        return texts.size() == 1 ? texts.iterator().next() : UNKNOWN;
    }

    private Set<String> variable(TreePath path, String name, boolean whole) {
        if (constants.containsKey(name)) {
            return texts(new TreePath(path, constants.get(name)), whole);
        }
        if (!whole) {
            return Set.of(UNKNOWN);
        }
        Optional<MethodTree> enclosing = enclosing(path);
        if (enclosing.isEmpty()) {
            return Set.of(UNKNOWN);
        }
        MethodTree method = enclosing.get();
        for (int i = 0; i < method.getParameters().size(); i++) {
            if (method.getParameters().get(i).getName().contentEquals(name)) {
                return passed(method, i);
            }
        }
        return local(path, method, name);
    }

    /** What the callers in this file give for a parameter. */
    private Set<String> passed(MethodTree method, int parameter) {
        Set<String> texts = new TreeSet<>();
        for (TreePath call : calls.getOrDefault(method.getName().toString(), List.of())) {
            List<? extends ExpressionTree> arguments = ((MethodInvocationTree) call.getLeaf()).getArguments();
            if (arguments.size() == method.getParameters().size()) {
                texts.addAll(texts(new TreePath(call, arguments.get(parameter)), true));
            }
        }
        return texts;
    }

    private Set<String> local(TreePath path, MethodTree method, String name) {
        Set<String> texts = new TreeSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree variable, Void unused) {
                if (variable.getName().contentEquals(name) && variable.getInitializer() != null) {
                    texts.addAll(texts(new TreePath(path, variable.getInitializer()), true));
                }
                return super.visitVariable(variable, null);
            }
        }.scan(method, null);
        return texts;
    }

    private static Optional<MethodTree> enclosing(TreePath path) {
        for (Tree each : path) {
            if (each instanceof MethodTree method) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
