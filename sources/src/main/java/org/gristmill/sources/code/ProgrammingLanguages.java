package org.gristmill.sources.code;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programming languages by file name; the one table to extend. */
final class ProgrammingLanguages {
  /** What a file is called whose name says nothing. */
  static final String UNKNOWN = "unknown";

  /** A language, then the endings (with a dot) and whole names of its files, in lower case. */
  private static final String[] TABLE = {
    "ada .adb .ads",
    "agda .agda",
    "assembly .asm .s .nasm",
    "awk .awk",
    "batch .bat .cmd",
    "bazel .bzl .bazel build workspace",
    "c .c .h",
    "c# .cs .csx",
    "c++ .cc .cpp .cxx .c++ .hh .hpp .hxx .ipp .inl",
    "clojure .clj .cljs .cljc .edn",
    "cmake .cmake cmakelists.txt",
    "cobol .cob .cbl",
    "coffeescript .coffee",
    "common-lisp .lisp .cl .lsp",
    "coq .gallina",
    "crystal .cr",
    "css .css",
    "csv .csv .tsv",
    "cuda .cu .cuh",
    "cython .pyx .pxd .pxi",
    "d .d .di",
    "dart .dart",
    "diff .diff .patch",
    "dockerfile .dockerfile dockerfile containerfile",
    "elixir .ex .exs",
    "elm .elm",
    "emacs-lisp .el",
    "erlang .erl .hrl",
    "f# .fs .fsi .fsx",
    "fortran .f .f77 .f90 .f95 .f03 .for",
    "glsl .glsl .vert .frag .comp",
    "go .go go.mod",
    "gradle .gradle",
    "graphql .graphql .gql",
    "groovy .groovy jenkinsfile",
    "haskell .hs .lhs",
    "hcl .hcl .tf .tfvars",
    "html .html .htm .xhtml",
    "idris .idr",
    "ini .ini .cfg .properties .editorconfig setup.cfg",
    "java .java",
    "javascript .js .mjs .cjs .jsx",
    "json .json .jsonl .ipynb .geojson",
    "julia .jl",
    "kotlin .kt .kts",
    "latex .tex .sty .bib",
    "lean .lean",
    "less .less",
    "lua .lua",
    "makefile .mk .mak makefile gnumakefile",
    "markdown .md .markdown .mdx readme",
    "matlab .matlab",
    "meson meson.build meson_options.txt",
    "mlir .mlir .ll",
    "nim .nim",
    "nix .nix",
    "objective-c .m .mm",
    "ocaml .ml .mli",
    "pascal .pas .pp .dpr",
    "perl .pl .pm .t",
    "php .php .php5 .phtml",
    "plain-text .txt .text license copying authors changelog notice",
    "powershell .ps1 .psm1 .psd1",
    "prolog .pro .prolog",
    "protobuf .proto",
    "python .py .pyi .pyw sconstruct",
    "r .r .rmd",
    "racket .rkt",
    "restructuredtext .rst",
    "ruby .rb .rake .gemspec rakefile gemfile",
    "rust .rs",
    "scala .scala .sbt .sc",
    "scheme .scm .ss",
    "scss .scss .sass",
    "shell .sh .bash .zsh .ksh .fish configure .bashrc .profile",
    "smalltalk .st",
    "solidity .sol",
    "sql .sql",
    "starlark .star",
    "stata .do .ado",
    "svelte .svelte",
    "swift .swift",
    "systemverilog .sv .svh",
    "tcl .tcl",
    "thrift .thrift",
    "toml .toml cargo.lock",
    "typescript .ts .tsx .mts .cts",
    "verilog .v .vh",
    "vhdl .vhd .vhdl",
    "vim-script .vim .vimrc",
    "visual-basic .vb .bas .vbs",
    "vue .vue",
    "webassembly .wat .wast",
    "xml .xml .xsd .xsl .xslt .svg .pom",
    "yacc .y .yy .l",
    "yaml .yaml .yml",
    "zig .zig"
  };

  private static final Map<String, String> BY_NAME = byName();

  private ProgrammingLanguages() {}

  /** Characters in front that decide where the name does not. */
  private static final int HEAD_CHARS = 4096;

  private static final Pattern SHEBANG =
      Pattern.compile("#!\\s*\\S*?(?:/env\\s+(?:-\\S+\\s+)*)?([A-Za-z]+)[\\d.]*(?:\\s.*)?");

  /** Interpreters, then the language. */
  private static final Map<String, String> INTERPRETERS =
      Map.ofEntries(
          Map.entry("ash", "shell"),
          Map.entry("awk", "awk"),
          Map.entry("bash", "shell"),
          Map.entry("dash", "shell"),
          Map.entry("fish", "shell"),
          Map.entry("gawk", "awk"),
          Map.entry("ksh", "shell"),
          Map.entry("lua", "lua"),
          Map.entry("make", "makefile"),
          Map.entry("node", "javascript"),
          Map.entry("nodejs", "javascript"),
          Map.entry("perl", "perl"),
          Map.entry("php", "php"),
          Map.entry("pypy", "python"),
          Map.entry("python", "python"),
          Map.entry("Rscript", "r"),
          Map.entry("ruby", "ruby"),
          Map.entry("sh", "shell"),
          Map.entry("tclsh", "tcl"),
          Map.entry("zsh", "shell"));

  /** What an ending shared by languages means if the head of the file has a match. */
  private record Sign(String ending, String language, Pattern sign) {}

  private static final List<Sign> SIGNS =
      List.of(
          new Sign(
              ".h", "objective-c", Pattern.compile("(?m)^\\s*(?:@interface|@protocol|#import)\\b")),
          new Sign(
              ".h",
              "c++",
              Pattern.compile(
                  "(?m)^\\s*(?:template\\s*<|namespace\\s+\\w|class\\s+\\w+[^;]*$|(?:public|private|protected):"
                      + "|using\\s+\\w|#include\\s*<(?:string|vector|map|memory|utility|cstdint|iostream)>)")),
          new Sign(".m", "matlab", Pattern.compile("(?m)^\\s*(?:%|function\\b|end\\s*$)")),
          new Sign(
              ".v",
              "coq",
              Pattern.compile("(?m)^\\s*(?:Require|Theorem|Lemma|Definition|Proof\\.)")),
          new Sign(".pl", "prolog", Pattern.compile("(?m)^:-\\s|^\\w+\\(.*\\)\\s*:-")),
          new Sign(".ts", "xml", Pattern.compile("^\\s*(?:<\\?xml|<!DOCTYPE TS)")));

  /**
   * The language of a file by its name and, where the ending is shared or says nothing, by what is
   * in it: an interpreter in the first line, words that only one of the languages has.
   */
  static String of(String path, String text) {
    String named = of(path);
    String head = text.substring(0, Math.min(text.length(), HEAD_CHARS));
    if (named.equals(UNKNOWN)) {
      Matcher shebang = SHEBANG.matcher(head.lines().findFirst().orElse(""));
      return shebang.matches() ? INTERPRETERS.getOrDefault(shebang.group(1), UNKNOWN) : UNKNOWN;
    }
    String lower = path.toLowerCase(Locale.ROOT);
    for (Sign sign : SIGNS) {
      if (lower.endsWith(sign.ending()) && sign.sign().matcher(head).find()) {
        boolean both = sign.ending().equals(".m") && head.contains("@interface");
        return both ? named : sign.language();
      }
    }
    return named;
  }

  /** The language of a file by its name, {@link #UNKNOWN} if the name does not say. */
  static String of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String whole = BY_NAME.get(name);
    if (whole != null) {
      return whole;
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? UNKNOWN : BY_NAME.getOrDefault(name.substring(dot), UNKNOWN);
  }

  private static Map<String, String> byName() {
    Map<String, String> byName = new HashMap<>();
    for (String row : TABLE) {
      String[] words = row.split(" ");
      for (int i = 1; i < words.length; i++) {
        if (byName.put(words[i], words[0]) != null) {
          throw new IllegalStateException(words[i] + " stands twice in the table");
        }
      }
    }
    return byName;
  }
}
