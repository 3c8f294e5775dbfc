import ts from "typescript";

/** The product's name, the field that only programs see, and how the names of recorded actions begin. */
const SAME_EVERYWHERE = new Set(["frontdesk", "Website", "session."]);

/** Attributes, also of our own parts, whose value is read by people. */
const READ =
  /^(aria-label|aria-description|aria-placeholder|aria-roledescription|aria-valuetext|alt|title|placeholder|label|hint|caption|action|data-name|person)$/;

/** Functions whose text is read by people. */
const TELLS = /^(usePageTitle|setError|setFailure|setSaid|fail|alert|confirm)$/;

/** A sentence or the beginning of one, wherever it stands. */
const SENTENCE = /^[A-Z][a-z’']+ [a-z]+|[a-z] [a-z]+[.:?!]$/;

function isRead(text: string): boolean {
  return /\p{L}{2}/u.test(text) && !SAME_EVERYWHERE.has(text.trim());
}

/** Texts that people read and that stand in the code, with their lines. */
export function literals(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const add = (node: ts.Node, text: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${name}:${line + 1}: ${text.trim().replaceAll(/\s+/g, " ")}`);
  };
  const textOf = (node: ts.Node): string | null => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (!ts.isTemplateExpression(node)) return null;
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(" ");
  };
  /** Whether what the node is worth is shown: through conditions and fallbacks, not through calls. */
  const isShown = (node: ts.Node): boolean => {
    const { parent } = node;
    if (ts.isJsxAttribute(parent)) return READ.test(parent.name.getText());
    if (ts.isJsxExpression(parent)) {
      const holder = parent.parent;
      return ts.isJsxAttribute(holder) ? READ.test(holder.name.getText()) : true;
    }
    if (ts.isCallExpression(parent)) {
      return (
        parent.arguments.some((one) => one === node) && TELLS.test(parent.expression.getText())
      );
    }
    if (ts.isConditionalExpression(parent)) return parent.condition !== node && isShown(parent);
    if (ts.isParenthesizedExpression(parent)) return isShown(parent);
    if (ts.isBinaryExpression(parent)) {
      const { kind } = parent.operatorToken;
      const isFallback =
        kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
      const isGuarded = kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.right === node;
      return (isFallback || isGuarded || kind === ts.SyntaxKind.PlusToken) && isShown(parent);
    }
    return false;
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isJsxText(node)) {
      if (isRead(node.text)) add(node, node.text);
    } else {
      const text = textOf(node);
      if (text !== null && isRead(text) && (isShown(node) || SENTENCE.test(text))) add(node, text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
