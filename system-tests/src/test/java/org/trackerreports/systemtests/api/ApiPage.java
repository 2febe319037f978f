package org.trackerreports.systemtests.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** The public and protected types and members of packages, one on a line. Packages of the types that a line names are left out. */
final class ApiPage {

    private static final Pattern QUALIFIER = Pattern.compile("\\b([a-z]\\w*\\.)+(?=[A-Z@])");
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private final List<String> lines = new ArrayList<>();

    static List<String> of(List<PackageElement> packages) {
        ApiPage page = new ApiPage();
        packages.stream()
                .sorted(Comparator.comparing(each -> each.getQualifiedName().toString()))
                .forEach(page::add);
        return page.lines;
    }

    private void add(PackageElement pack) {
        lines.add("");
        lines.add("package " + pack.getQualifiedName());
        visibleTypes(pack).forEach(this::add);
    }

    private static List<TypeElement> visibleTypes(Element enclosing) {
        return ElementFilter.typesIn(enclosing.getEnclosedElements()).stream()
                .filter(ApiPage::isVisible)
                .sorted(Comparator.comparing(type -> type.getQualifiedName().toString()))
                .toList();
    }

    private void add(TypeElement type) {
        lines.add("");
        lines.add("  " + declaration(type));
        type.getEnclosedElements().stream()
                .filter(member -> isVisible(member) && !follows(member, type))
                .map(ApiPage::member)
                .sorted()
                .forEach(line -> lines.add("    " + line));
        visibleTypes(type).forEach(this::add);
    }

    private static boolean isVisible(Element element) {
        return element.getModifiers().contains(Modifier.PUBLIC)
                || element.getModifiers().contains(Modifier.PROTECTED);
    }

    /** Whether a member is there because of what the type is: every record has its accessors, every enum its values. */
    private static boolean follows(Element member, TypeElement type) {
        if (member.getKind().isClass() || member.getKind().isInterface()) {
            return true;
        }
        if (!(member instanceof ExecutableElement method)) {
            return member.getKind() == ElementKind.RECORD_COMPONENT;
        }
        String name = method.getSimpleName().toString();
        if (OF_EVERY_OBJECT.contains(name)) {
            return true;
        }
        return switch (type.getKind()) {
            case ENUM ->
                method.getModifiers().contains(Modifier.STATIC)
                        && Set.of("values", "valueOf").contains(name);
            case RECORD -> isOfComponents(method, type.getRecordComponents());
            default -> false;
        };
    }

    private static boolean isOfComponents(ExecutableElement method, List<? extends RecordComponentElement> components) {
        if (method.getKind() == ElementKind.CONSTRUCTOR) {
            return types(method.getParameters()).equals(types(components));
        }
        return method.getParameters().isEmpty()
                && components.stream().anyMatch(each -> each.getSimpleName().equals(method.getSimpleName()));
    }

    private static List<String> types(List<? extends Element> elements) {
        return elements.stream().map(each -> shown(each.asType())).toList();
    }

    private static String declaration(TypeElement type) {
        String kind = switch (type.getKind()) {
            case ANNOTATION_TYPE -> "@interface";
            case RECORD -> "record";
            default -> type.getKind().name().toLowerCase(Locale.ROOT);
        };
        StringBuilder line =
                new StringBuilder(modifiers(type)).append(kind).append(' ').append(nested(type));
        line.append(typeParameters(type.getTypeParameters()));
        if (type.getKind() == ElementKind.RECORD) {
            line.append(parameters(type.getRecordComponents(), false));
        }
        if (type.getKind() == ElementKind.CLASS
                && type.getSuperclass().getKind() != TypeKind.NONE
                && !type.getSuperclass().toString().equals("java.lang.Object")) {
            line.append(" extends ").append(shown(type.getSuperclass()));
        }
        line.append(list(type.getKind().isInterface() ? " extends " : " implements ", type.getInterfaces()));
        return line.append(list(" permits ", type.getPermittedSubclasses())).toString();
    }

    private static String nested(TypeElement type) {
        return type.getEnclosingElement() instanceof TypeElement outer
                ? nested(outer) + "." + type.getSimpleName()
                : type.getSimpleName().toString();
    }

    private static String member(Element member) {
        if (!(member instanceof ExecutableElement method)) {
            Object value = member instanceof VariableElement field ? field.getConstantValue() : null;
            String type = member.getKind() == ElementKind.ENUM_CONSTANT ? "" : shown(member.asType()) + " ";
            return modifiers(member) + type + member.getSimpleName() + (value == null ? "" : " = " + value);
        }
        boolean constructor = method.getKind() == ElementKind.CONSTRUCTOR;
        String parameters = typeParameters(method.getTypeParameters());
        return modifiers(method)
                + (parameters.isEmpty() ? "" : parameters + " ")
                + (constructor
                        ? method.getEnclosingElement().getSimpleName()
                        : shown(method.getReturnType()) + " " + method.getSimpleName())
                + parameters(method.getParameters(), method.isVarArgs())
                + list(" throws ", method.getThrownTypes());
    }

    private static String modifiers(Element element) {
        Set<Modifier> hidden = impliedModifiers(element);
        return (element.getAnnotation(Deprecated.class) == null ? "" : "@Deprecated ")
                + element.getModifiers().stream()
                        .filter(modifier -> !hidden.contains(modifier))
                        .map(modifier -> modifier + " ")
                        .collect(Collectors.joining());
    }

    private static Set<Modifier> impliedModifiers(Element element) {
        return switch (element.getKind()) {
            case ENUM_CONSTANT -> Set.of(Modifier.values());
            case RECORD, ENUM -> Set.of(Modifier.STATIC, Modifier.FINAL);
            case INTERFACE, ANNOTATION_TYPE -> Set.of(Modifier.STATIC, Modifier.ABSTRACT);
            default ->
                element.getEnclosingElement().getKind().isInterface()
                        ? Set.of(Modifier.PUBLIC, Modifier.ABSTRACT)
                        : Set.of(Modifier.SYNCHRONIZED, Modifier.NATIVE, Modifier.STRICTFP);
        };
    }

    private static String typeParameters(List<? extends TypeParameterElement> parameters) {
        StringJoiner joined = new StringJoiner(", ", "<", ">").setEmptyValue("");
        for (TypeParameterElement parameter : parameters) {
            String bounds = parameter.getBounds().stream()
                    .map(ApiPage::shown)
                    .filter(bound -> !bound.equals("Object"))
                    .collect(Collectors.joining(" & "));
            joined.add(parameter.getSimpleName() + (bounds.isEmpty() ? "" : " extends " + bounds));
        }
        return joined.toString();
    }

    private static String parameters(List<? extends Element> parameters, boolean varArgs) {
        List<String> each = new ArrayList<>();
        for (Element parameter : parameters) {
            each.add(shown(parameter.asType()) + " " + parameter.getSimpleName());
        }
        String joined = String.join(", ", each);
        return "(" + (varArgs ? joined.replaceFirst("\\[](?= \\w+$)", "...") : joined) + ")";
    }

    private static String list(String word, List<? extends TypeMirror> types) {
        return types.isEmpty() ? "" : word + types.stream().map(ApiPage::shown).collect(Collectors.joining(", "));
    }

    private static String shown(TypeMirror type) {
        return QUALIFIER.matcher(type.toString()).replaceAll("").replaceAll(",(?! )", ", ");
    }
}
