package org.trackerreports.systemtests.documents;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Collects from the sources the texts that calls and constructors get as messages for people, with … for what is not constant. */
final class SourceMessages {

    /**
     * Where messages are made.
     *
     * @param source the end of the path of the only files that are looked at; empty for all
     * @param receiver what stands before the name of a method; empty for any, and for constructors
     * @param name the name of the method or the class
     * @param argument the place of the message among the arguments
     */
    record Site(String source, String receiver, String name, int argument) {

        static Site constructor(String name, int argument) {
            return new Site("", "new", name, argument);
        }
    }

    private final List<CompilationUnitTree> units;

    private SourceMessages(List<CompilationUnitTree> units) {
        this.units = units;
    }

    /** Parses the main sources of these modules. */
    static SourceMessages of(Path root, List<String> modules) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : modules) {
            try (Stream<Path> tree = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        // Only parsed: names are not resolved, so neither classes nor dependencies are needed.
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return new SourceMessages(units);
        }
    }

    /** The messages that are made at a site. */
    Set<String> at(Site site) {
        Set<String> messages = new TreeSet<>();
        for (CompilationUnitTree unit : units) {
            if (unit.getSourceFile().getName().endsWith(site.source())) {
                new Calls(site, unit, messages).scan(unit, null);
            }
        }
        return messages;
    }

    /** What methods of this name without parameters return in one file. */
    Set<String> returnedBy(String method, String source) {
        CompilationUnitTree unit = units.stream()
                .filter(each -> each.getSourceFile().getName().endsWith(source))
                .findFirst()
                .orElseThrow();
        return new MessageText(unit).returned(method);
    }

    /** Looks for the calls of a site, and gives their messages. */
    private static final class Calls extends TreePathScanner<Void, Void> {

        private final Site site;
        private final MessageText text;
        private final Set<String> messages;

        Calls(Site site, CompilationUnitTree unit, Set<String> messages) {
            this.site = site;
            this.text = new MessageText(unit);
            this.messages = messages;
        }

        @Override
        public Void visitNewClass(NewClassTree made, Void unused) {
            if (site.receiver().equals("new")
                    && simpleName(made.getIdentifier()).equals(site.name())) {
                collect(made.getArguments());
            }
            return super.visitNewClass(made, null);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            ExpressionTree method = call.getMethodSelect();
            if (!site.receiver().equals("new")
                    && simpleName(method).equals(site.name())
                    && (site.receiver().isEmpty() || site.receiver().equals(receiver(method)))) {
                collect(call.getArguments());
            }
            return super.visitMethodInvocation(call, null);
        }

        private static String receiver(ExpressionTree method) {
            return method instanceof MemberSelectTree select ? simpleName(select.getExpression()) : "";
        }

        private void collect(List<? extends ExpressionTree> arguments) {
            if (arguments.size() > site.argument()) {
                TreePath at = new TreePath(getCurrentPath(), arguments.get(site.argument()));
                messages.addAll(text.of(at));
            }
        }

        private static String simpleName(Tree tree) {
            return tree instanceof MemberSelectTree select
                    ? select.getIdentifier().toString()
                    : tree.toString();
        }
    }
}
