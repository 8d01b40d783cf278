import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DirectionalLight,
  DoubleSide,
  Group,
  HemisphereLight,
  Mesh,
  MeshStandardMaterial,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from 'three';
import { CANONICAL_TRIANGLES, POINT_COUNT } from '../face/canonical.ts';
import type { Shape } from './stabilised.ts';

export type MeshScene = {
  /** @param shown `null`: nobody is there */
  draw(
    shown: Shape | null,
    rest: Shape,
    options: { beside: boolean; turn: number; skin: string; accent: string },
  ): void;
  resize(width: number, height: number): void;
  dispose(): void;
};

/** Centimetres from rest at which a point is tinted fully. */
const FULL_TINT = 0.8;
const APART = 9.5;

type Face = { mesh: Mesh<BufferGeometry, MeshStandardMaterial>; positions: BufferAttribute; colours: BufferAttribute };

const createFace = (): Face => {
  const geometry = new BufferGeometry();
  const positions = new BufferAttribute(new Float32Array(POINT_COUNT * 3), 3);
  const colours = new BufferAttribute(new Float32Array(POINT_COUNT * 3), 3);
  geometry.setAttribute('position', positions);
  geometry.setAttribute('color', colours);
  geometry.setIndex(new BufferAttribute(CANONICAL_TRIANGLES, 1));
  const material = new MeshStandardMaterial({ vertexColors: true, roughness: 0.82, metalness: 0, side: DoubleSide });
  return { mesh: new Mesh(geometry, material), positions, colours };
};

/** @throws Error where the browser has no WebGL */
export const createMeshScene = (canvas: HTMLCanvasElement): MeshScene => {
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
  const scene = new Scene();
  const camera = new PerspectiveCamera(26, 1, 1, 200);
  const [shownFace, restFace] = [createFace(), createFace()];
  const [shownGroup, restGroup] = [new Group(), new Group()];
  shownGroup.add(shownFace.mesh);
  restGroup.add(restFace.mesh);
  const key = new DirectionalLight(0xffffff, 2.1);
  key.position.set(-8, 10, 18);
  scene.add(shownGroup, restGroup, new HemisphereLight(0xffffff, 0xb0a89c, 1.9), key);
  camera.position.set(0, -0.2, 46);

  const fill = ({ mesh, positions, colours }: Face, shape: Shape, rest: Shape, skin: Color, accent: Color): void => {
    const tint = new Color();
    for (let point = 0; point < POINT_COUNT; point += 1) {
      const at = point * 3;
      const [x, y, z] = [shape[at] ?? 0, shape[at + 1] ?? 0, shape[at + 2] ?? 0];
      positions.setXYZ(point, x, y, z);
      const way = Math.hypot(x - (rest[at] ?? 0), y - (rest[at + 1] ?? 0), z - (rest[at + 2] ?? 0));
      tint.copy(skin).lerp(accent, Math.min(0.9, way / FULL_TINT));
      colours.setXYZ(point, tint.r, tint.g, tint.b);
    }
    positions.needsUpdate = true;
    colours.needsUpdate = true;
    mesh.geometry.computeVertexNormals();
  };

  return {
    draw: (shown, rest, { beside, turn, skin, accent }) => {
      const [skinColour, accentColour] = [new Color(skin), new Color(accent)];
      shownGroup.visible = shown !== null;
      restGroup.visible = beside;
      if (shown !== null) {
        fill(shownFace, shown, rest, skinColour, accentColour);
      }
      fill(restFace, rest, rest, skinColour, accentColour);
      shownGroup.position.x = beside ? APART : 0;
      restGroup.position.x = -APART;
      shownGroup.rotation.y = turn;
      restGroup.rotation.y = turn;
      camera.position.z = (beside ? 46 : 42) * Math.max(1, (beside ? 1.75 : 0.86) / Math.max(0.3, camera.aspect));
      renderer.render(scene, camera);
    },
    resize: (width, height) => {
      renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
      renderer.setSize(width, height, false);
      camera.aspect = width / Math.max(1, height);
      camera.updateProjectionMatrix();
    },
    dispose: () => {
      for (const { mesh } of [shownFace, restFace]) {
        mesh.geometry.dispose();
        mesh.material.dispose();
      }
      renderer.dispose();
    },
  };
};
