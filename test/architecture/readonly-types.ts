import type { Node, TSInterfaceDeclaration, TSType, TSTypeAliasDeclaration } from 'oxc-parser';
import type { Source } from './source.js';

type Declaration = TSInterfaceDeclaration | TSTypeAliasDeclaration;

/** Types of the language whose values can be changed. */
const changeable =
  /^(Array|Map|Set|WeakMap|WeakSet|Record|Partial|Required|Pick|Omit|ArrayBuffer|DataView|\w+Array|object)$/;

const plain =
  /^TS(Number|String|Boolean|BigInt|Symbol|Undefined|Null|Void|Never|Unknown)Keyword$|^TS(Function|Literal|TemplateLiteral)Type$/;

/** Tells of a written type whether it says that nobody changes the value; knows the types declared in the files. */
export class ReadonlyTypes {
  readonly #declared = new Map<string, Declaration[]>();

  constructor(files: readonly Source[]) {
    for (const node of files.flatMap((file) => file.nodes)) {
      if (node.type !== 'TSInterfaceDeclaration' && node.type !== 'TSTypeAliasDeclaration') continue;
      const same = this.#declared.get(node.id.name) ?? [];
      this.#declared.set(node.id.name, [...same, node]);
    }
  }

  has(type: TSType, seen: ReadonlySet<string> = new Set()): boolean {
    if (plain.test(type.type)) return true;
    switch (type.type) {
      case 'TSTypeOperator':
        return true; // readonly T[], keyof T, unique symbol
      case 'TSUnionType':
      case 'TSIntersectionType':
        return type.types.every((each) => this.has(each, seen));
      case 'TSTypeLiteral':
        return type.members.every((member) => this.#keeps(member, seen));
      case 'TSTypeReference':
        return type.typeName.type === 'Identifier' && this.#isNamed(type.typeName.name, seen);
      default:
        return false;
    }
  }

  /** A type that is declared nowhere is taken for a parameter or a package's, and only refused when known to change. */
  #isNamed(name: string, seen: ReadonlySet<string>): boolean {
    if (name.startsWith('Readonly')) return true;
    const declarations = this.#declared.get(name);
    if (declarations === undefined) return seen.size > 0 && !changeable.test(name);
    if (seen.has(name)) return true;
    const inside = new Set([...seen, name]);
    return declarations.every((declaration) =>
      declaration.type === 'TSTypeAliasDeclaration'
        ? this.has(declaration.typeAnnotation, inside)
        : declaration.extends.every(
            ({ expression }) => expression.type === 'Identifier' && this.#isNamed(expression.name, inside),
          ) && declaration.body.body.every((member) => this.#keeps(member, inside)),
    );
  }

  #keeps(member: Node, seen: ReadonlySet<string>): boolean {
    if (member.type === 'TSMethodSignature' || member.type === 'TSCallSignatureDeclaration') return true;
    if (member.type !== 'TSPropertySignature' && member.type !== 'TSIndexSignature') return false;
    const type = member.typeAnnotation?.typeAnnotation;
    return member.readonly && type !== undefined && this.has(type, seen);
  }
}
